"""What students handed in: where their files are, who they are, and parts of a class."""

from ._sources import FileError
from .checkout import Checkout, find_checkouts
from .chunk import WHOLE, Chunk
from .roster import Roster, others_of, read_roster

__all__ = [
    "WHOLE",
    "Checkout",
    "Chunk",
    "FileError",
    "Roster",
    "find_checkouts",
    "others_of",
    "read_roster",
]
