"""Files that are written whole or not at all, and names that every file system takes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..files import PART, write_whole
from .faults import UsageError

__all__ = [
    "file_name",
    "remove_folder",
    "remove_parts",
    "short_folder",
    "work_folder",
    "write_whole",
]

_LONGEST_NAME = 40
_NOT_PLAIN = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]|(.*-)?[0-9a-f]{16}")
"""What Windows keeps for itself, and what looks as if it was made from another name."""


def remove_parts(folder: Path) -> None:
    """Remove what :func:`write_whole` leaves in a folder when its process is killed meanwhile."""
    for part in folder.glob(f"{PART}*"):
        part.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder and all that is in it, however deep; what cannot be removed stays."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # Student code makes folders as deep as it likes.
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, check=False)


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


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give a temporary folder with a short name, and remove it afterwards.

    Raises:
        UsageError: If none can be made.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="threadlings-", dir=short_folder()))
    except OSError as error:
        raise UsageError(f"there is no room to grade in: {error}") from None
    try:
        yield folder
    finally:
        remove_folder(folder)


def short_folder() -> str | None:
    """Return where temporary folders have short names, if that is not where they usually are.

    The name of a socket, as forkserver makes them, has at most 104 characters on macOS, whose
    temporary folders leave too few of them.
    """
    return "/tmp" if len(tempfile.gettempdir()) > 20 and os.access("/tmp", os.W_OK) else None
