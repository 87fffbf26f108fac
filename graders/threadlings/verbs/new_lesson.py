"""The verb ``threadlings new-lesson``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import new_lesson
from ..manifest import Lesson
from ..repository import find_graders
from ..usage import DONE


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "new-lesson",
        help="write the files of a new lesson, to be changed part by part",
        description="Write a small lesson that works, in every tree and in both languages, and its "
        "entry in lessons.toml. Then change it, and let self-check --lesson say what is missing.",
    )
    verb.add_argument("number", type=int, metavar="NUMBER", help="of the lesson: 13")
    verb.add_argument("module", metavar="MODULE", help="the student's file without .py: barrier")
    verb.add_argument("--title", help="what it is called (default: the module, with blanks)")
    verb.set_defaults(verb=_new_lesson)


def _new_lesson(
    arguments: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None
) -> int:
    root = (find_graders() if graders is None else graders).parent
    title = arguments.title or arguments.module.replace("_", " ")
    for path in new_lesson.make(root, arguments.number, arguments.module, title, lessons):
        print(path.relative_to(root).as_posix())
    print(
        f"now change them; threadlings self-check --lesson {arguments.number} says what is missing"
    )
    return DONE
