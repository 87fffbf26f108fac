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
    task: Task, lost: Collection[Task], lesson: Lesson, source: bytes, reference: bytes
) -> tuple[tuple[str, ...], bytes] | None:
    """Return which names stand in for a student's where a task is judged, and the file with them.

    Args:
        task: The task.
        lost: The tasks that are lost.
        lesson: Their lesson.
        source: The student's file.
        reference: The reference solution.
    Returns:
        None if the task calls nothing that an earlier lost one asked for, or the file is such that
        this cannot be found out.
    """
    request = {
        "task": task.number,
        "lost": [each.number for each in lost],
        "titles": {each.number: each.title for each in lesson.tasks},
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
        return None
    if done.returncode != 0:
        return None
    answer = json.loads(done.stdout)
    names = tuple(answer["names"])
    return (names, base64.b64decode(answer["source"])) if names else None
