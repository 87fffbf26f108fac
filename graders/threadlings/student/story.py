"""The story of a broken promise, as pytest and the command print it."""

from __future__ import annotations

from ..engine import Run
from ..feedback import Finding, PrintedLines
from ..language import chosen, said, translator
from ..manifest import Lesson
from ..usage import typed


def story(lesson: Lesson, task: int, finding: Finding, told: str) -> str:
    """Return what to print of a broken promise.

    Args:
        lesson: The lesson.
        task: The number of the task that promises it.
        finding: What was found.
        told: The finding in words, with its steps.
    """
    head = said("lesson{number:02} task {task}: ", number=lesson.number, task=task)
    parts = [f"{head}{told}", ""]
    timeline = _timeline_of(finding.timeline) if finding.timeline is not None else ""
    if timeline:
        parts += [timeline, ""]
    if finding.printed:
        parts += [str(said("  your program printed:")), drawn(finding.printed), ""]
    folder, ours = lesson.folder, typed("threadlings")
    if finding.can_be_replayed:
        replay = f"{ours} replay {folder} {finding.schedule}"
        parts.append(str(said("  see it again   {replay}", replay=replay)))
    hint = "  a hint         {threadlings} hint {folder} {task}"
    return "\n".join([*parts, str(said(hint, threadlings=ours, folder=folder, task=task))])


def drawn(printed: PrintedLines) -> str:
    """Return printed lines as wide as this terminal takes them."""
    from .. import pictures  # Only where something was printed.

    return printed.drawn(translator(), pictures.room())


def _timeline_of(run: Run) -> str:
    from .. import pictures  # Only for a broken promise.

    plain = not pictures.can_be_printed()
    return pictures.timeline(run, chosen(), width=pictures.room(), ascii_only=plain)
