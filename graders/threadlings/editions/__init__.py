"""Editions: what students and the public get of the instructor's repository, as branches."""

from .verb import add_publish

__all__ = ["add_publish"]
