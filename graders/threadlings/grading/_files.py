"""Files that are written whole or not at all, and names that every file system takes."""

from __future__ import annotations

import hashlib
import re

from ..files import write_whole

__all__ = ["file_name", "write_whole"]

_LONGEST_NAME = 60


def file_name(name: str) -> str:
    """Return a name for a file that is distinct for each ``name``, on every file system.

    Names of letters, digits, ``-`` and ``_`` in lower case stay as they are.
    """
    plain = re.sub(r"[^\w-]+", "-", name).strip("-").casefold()[:_LONGEST_NAME]
    if plain == name and plain:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{digest}" if plain else digest
