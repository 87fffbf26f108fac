"""What students get: editions of the repository, looked through for leaks before they are made."""

from ._git import Repository
from ._remote import Remote
from .contents import EDITIONS, SHARED_LINES, chosen
from .leaks import Leak
from .publish import Plan, Published, leaks_of, prepare, write

__all__ = [
    "EDITIONS",
    "SHARED_LINES",
    "Leak",
    "Plan",
    "Published",
    "Remote",
    "Repository",
    "chosen",
    "leaks_of",
    "prepare",
    "write",
]
