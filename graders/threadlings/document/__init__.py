"""One HTML file that needs nothing else: the look and the security policy of every page."""

from .frame import document

__all__ = ["document"]
