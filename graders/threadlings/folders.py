"""Folders to work in, and their end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .usage import UsageError


def remove_folder(folder: Path) -> None:
    """Remove a folder and all that is in it, however deep; what cannot be removed stays."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # Student code makes folders as deep as it likes.
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, check=False)


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
