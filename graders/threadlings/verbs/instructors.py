"""The verbs of the command that an instructor uses."""

from __future__ import annotations

from typing import Any

from . import collect, doctor, fetch, grade, new_lesson, plan, publish, self_check


def add_verbs(verbs: Any) -> None:
    """Add the instructors' verbs to a parser's sub-parsers."""
    for verb in (grade, new_lesson, self_check, publish, plan, fetch, collect, doctor):
        verb.add(verbs)
