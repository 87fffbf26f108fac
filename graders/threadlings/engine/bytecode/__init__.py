"""The instructions of a program: which of them matter, with what operands, and when they come."""

from ._reader import calls_of, sites_of
from ._site import Expression, Site, SiteTable
from ._tracing import Backend, backend
from ._watched import Watched

__all__ = [
    "Backend",
    "Expression",
    "Site",
    "SiteTable",
    "Watched",
    "backend",
    "calls_of",
    "sites_of",
]
