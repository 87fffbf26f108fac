"""Whose fault an exception is, and what the student is told of it."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

from .. import engine
from ..language import Text
from .scenarios import REAL_FILE, names_of_scenario

_ENGINE_FOLDER = os.path.dirname(engine.__file__)
_FOLDERS_OF_OTHERS = tuple(
    folder + os.sep
    for folder in (os.path.dirname(_ENGINE_FOLDER), os.path.dirname(os.__file__), sys.prefix)
)

Answer = dict[str, Any]
"""What a cell says: its ``kind``, and more."""


def told(kind: str, text: str | Text) -> Answer:
    """Return what a cell says of something that went wrong."""
    return {"kind": kind, "message": Text(text).as_data()}


def why_raised(error: BaseException, path: Path) -> Answer:
    """Say whose fault an exception is: the student's if their file, or its lack, made it."""
    if isinstance(error, MemoryError):
        return {"kind": "out of memory"}
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    is_missing_name = isinstance(error, AttributeError) and (
        frames[-1].filename.startswith(_ENGINE_FOLDER)
    )
    is_foreign = any(not _is_ours(frame.filename, path) for frame in frames)
    if not is_foreign and not is_missing_name and not _is_misfit(error, path):
        return told("scenario error", "".join(traceback.format_exception(error)))
    place = f" ({path.name}:{lines[-1]})" if lines else ""
    return told("raised", f"{_told(type(error).__name__, str(error))}{place}")


def _is_ours(file: str, path: Path) -> bool:
    """Return True for code of the scenario, of this package or of the library.

    All else is the student's: the file, and what it compiled itself.
    """
    if file in names_of_scenario(path):
        return True
    return file.startswith(("<frozen ", *_FOLDERS_OF_OTHERS)) and file != str(path)


def _is_misfit(error: BaseException, path: Path) -> bool:
    """Return True if a real scenario could not use what the student's file has or returned.

    A missing name, a call with other parameters, None for an object: Python tells these in
    the line that needs them, which is the scenario's.
    """
    frames = traceback.extract_tb(error.__traceback__)
    is_ours = frames[-1].filename == str(path.with_name(REAL_FILE))
    return is_ours and isinstance(error, AttributeError | TypeError)


def _told(type_name: str, message: str) -> str:
    return f"{type_name}: {message}" if message else type_name
