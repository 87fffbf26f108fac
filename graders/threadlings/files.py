"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

PART = ".threadlings-part-"
"""How the name of a file begins that is not written to its end yet."""


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
