"""The instructions of a program: which of them matter, with what operands, and when they come."""

from ._reader import sites_of
from ._site import Expression, Site, SiteTable
from ._tracing import Backend, backend
from ._watched import Watched

__all__ = ["Backend", "Expression", "Site", "SiteTable", "Watched", "backend", "sites_of"]
