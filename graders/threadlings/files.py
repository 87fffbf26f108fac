"""Files that are written whole or not at all, and names that every file system takes."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path

PART = ".threadlings-part-"
"""How the name of a file begins that is not written to its end yet."""
_LONGEST_NAME = 40
_NOT_PLAIN = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]|(.*-)?[0-9a-f]{16}")
"""What Windows keeps for itself, and what looks as if it was made from another name."""


def write_whole(path: Path, text: str, *, sync: bool = True) -> None:
    """Write a text file: all of it, or nothing is changed.

    Its folder is made if it is not there. Half characters, which some file names have, are
    written as escapes.

    Args:
        path: Where.
        text: What.
        sync: False does not wait until it is on the disk (some 5 ms a file): for what can be
            made again from other files.
    Raises:
        OSError: If that is not possible.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=PART, dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def remove_parts(folder: Path) -> None:
    """Remove what :func:`write_whole` leaves in a folder when its process is killed meanwhile."""
    for part in folder.glob(f"{PART}*"):
        part.unlink(missing_ok=True)


def file_name(name: str) -> str:
    """Return a name for a file that is distinct for each ``name``, on every file system.

    Some do not tell upper from lower case, or one way to spell a letter from another. Short names
    of letters, digits, ``-`` and ``_`` in lower case stay as they are.
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    plain = re.sub(r"[^\w-]+", "-", folded).strip("-")[:_LONGEST_NAME]
    if plain == name and plain and not _NOT_PLAIN.fullmatch(name):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{plain}-{digest}" if plain else digest
