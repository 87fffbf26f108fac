"""What students handed in: where their files are, who they are, and parts of a class."""

from ._sources import FileError
from .checkout import Checkout, find_checkouts
from .chunk import WHOLE, Chunk
from .due import DueDates, any_due, moment
from .pushes import PUSHES_FILE, SEEN, Push, read_pushes, write_pushes
from .roster import Roster, kept_of, language_of, others_of, read_roster, warnings_of

__all__ = [
    "PUSHES_FILE",
    "SEEN",
    "WHOLE",
    "Checkout",
    "Chunk",
    "DueDates",
    "FileError",
    "Push",
    "Roster",
    "any_due",
    "find_checkouts",
    "kept_of",
    "language_of",
    "moment",
    "others_of",
    "read_pushes",
    "read_roster",
    "warnings_of",
    "write_pushes",
]
