"""The reference solution's functions in the place of a student's: a mistake is charged once.

Where a task is lost, and a later one that is lost too calls what it asked for, the later one is
judged once more with that taken from the reference.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Collection

from ..manifest import Lesson, Task

_DEADLINE_S = 60.0


def with_stand_ins(
    lost: Collection[Task], lesson: Lesson, source: bytes, reference: bytes
) -> list[tuple[int, tuple[str, ...], bytes]]:
    """Return for lost tasks which names stand in for a student's, and the file with them.

    Args:
        lost: The tasks that are lost.
        lesson: Their lesson.
        source: The student's file.
        reference: The reference solution.
    Returns:
        The number of each task that calls what an earlier lost one asked for, with those names and
        that file; none if the file is such that this cannot be found out.
    """
    request = {
        "lost": [task.number for task in lost],
        "titles": {task.number: task.title for task in lesson.tasks},
        "source": base64.b64encode(source).decode("ascii"),
        "reference": base64.b64encode(reference).decode("ascii"),
    }
    command = [sys.executable, "-P", "-s", "-m", f"{__package__}._standing_in_process"]
    text = json.dumps(request)
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, timeout=_DEADLINE_S
        )
    except subprocess.TimeoutExpired:
        return []
    if done.returncode != 0:
        return []
    return [
        (task, tuple(names), base64.b64decode(made))
        for task, names, made in json.loads(done.stdout)
    ]
