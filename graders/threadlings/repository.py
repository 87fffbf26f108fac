"""The instructor's repository, which holds what is hidden."""

from __future__ import annotations

from pathlib import Path

import threadlings

from .usage import UsageError


def find_graders() -> Path:
    """Return the folder of the hidden graders: beside the package, in the repository.

    Raises:
        UsageError: If this is not the instructor's repository.
    """
    folder = Path(threadlings.__file__).resolve().parent.parent
    if not any(folder.glob("lesson[0-9][0-9]/grade_*.py")):
        raise UsageError(
            f"{folder} has no hidden graders (lessonNN/grade_*.py): "
            "grading needs the instructor's repository, installed with pip install -e"
        )
    return folder
