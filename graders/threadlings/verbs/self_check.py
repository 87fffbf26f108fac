"""The verb ``threadlings self-check``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from .. import self_check
from ..manifest import Lesson
from ..repository import find_graders
from ..usage import DONE, OUR_FAULT
from .options import add_lessons, chosen


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "self-check",
        help="check the instructor's repository: lessons, pages, solutions, graders",
        description="Check that every lesson is complete in every tree, every stub is to be done, "
        "every solution and right submission gets full marks, and every wrong one loses the "
        "points of its task for its reason; format, lint and types too.",
    )
    add_lessons(verb, "check this lesson only, and not the code")
    verb.set_defaults(verb=_self_check)


def _self_check(
    arguments: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None
) -> int:
    root = (find_graders() if graders is None else graders).parent
    selected = chosen(lessons, arguments.lesson)
    console, count = Console(soft_wrap=True), 0
    planned = self_check.planned(root, selected, is_whole=arguments.lesson is None)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("checked", total=len(planned))
        for what, problems in self_check.done(planned):
            for problem in problems:
                console.print(Text(f"{what}: {problem}"))
            count += len(problems)
            progress.advance(bar)
    console.print(f"problems: {count}")
    return OUR_FAULT if count else DONE
