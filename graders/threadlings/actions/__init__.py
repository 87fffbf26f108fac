"""A class on GitHub Actions: planned in chunks, fetched, graded chunk by chunk, collected."""

from .verbs import add_verbs

__all__ = ["add_verbs"]
