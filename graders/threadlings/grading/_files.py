"""Files that are written whole or not at all, and names that every file system takes."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

_LONGEST_NAME = 60


def write_whole(path: Path, text: str) -> None:
    """Write a text file: all of it, or nothing is changed.

    Its folder is made if it is not there. Half characters, which some file names have, are
    written as escapes.

    Raises:
        OSError: If that is not possible.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def remove_parts(folder: Path) -> None:
    """Remove what :meth:`write_whole` leaves in a folder when its process is killed meanwhile."""
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)


def file_name(name: str) -> str:
    """Return a name for a file that is distinct for each ``name``, on every file system.

    Names of letters, digits, ``-`` and ``_`` in lower case stay as they are.
    """
    plain = re.sub(r"[^\w-]+", "-", name).strip("-").casefold()[:_LONGEST_NAME]
    if plain == name and plain:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{digest}" if plain else digest
