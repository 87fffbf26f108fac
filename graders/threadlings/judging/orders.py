"""What the grader process is asked, and what it says, line by line."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ..cells import Limits, Sandbox
from ..feedback import Finding
from ..flags import Flag
from ..language import Text

PASSED, FAILED, GRADER_ERROR, NO_CELL = "passed", "failed", "grader error", "no cell"


@dataclass(frozen=True)
class LessonOrder:
    """One lesson of one submission to be checked.

    Attributes:
        folder: ``lesson08``, in the folder of the graders.
        module: The student's module.
        source: The bytes of the student's file.
        tasks: The numbers of the lesson's tasks.
        graders: The paths of the lesson's grader files.
        imports: Modules that cells have ready.
        reference: The bytes of the reference solution, or None if there is none.
        only: The tasks whose checks are wanted; empty for all.
    """

    folder: str
    module: str
    source: bytes
    tasks: tuple[int, ...]
    graders: tuple[str, ...]
    imports: tuple[str, ...] = ()
    reference: bytes | None = None
    only: tuple[int, ...] = ()


@dataclass(frozen=True)
class Order:
    """One submission to be checked by one grader process.

    Attributes:
        lessons: The lessons, in order.
        graders_folder: The folder that holds the graders of all lessons.
        work_folder: A folder of ours for the cells.
        turns_folder: A folder that graders at work at the same time have in common.
        limits: What a cell may use.
        sandbox: What cells live in; None for nothing.
        stops_at_loss: Nothing more is checked after the first check that was not passed.
    """

    lessons: tuple[LessonOrder, ...]
    graders_folder: str
    work_folder: str
    turns_folder: str
    limits: Limits
    sandbox: Sandbox | None = None
    stops_at_loss: bool = False

    def to_json(self) -> str:
        """Return the order as JSON text."""
        data = asdict(self)
        for lesson in data["lessons"]:
            for name in ("source", "reference"):
                if lesson[name] is not None:
                    lesson[name] = base64.b64encode(lesson[name]).decode("ascii")
        return json.dumps(data)

    @classmethod
    def from_json(cls, text: str) -> Order:
        """Return the order that :meth:`to_json` wrote."""
        data = json.loads(text)
        lessons = tuple(_lesson_order(lesson) for lesson in data["lessons"])
        limits = Limits(**data["limits"])
        sandbox = Sandbox(**data["sandbox"]) if data["sandbox"] is not None else None
        folders = (data["graders_folder"], data["work_folder"], data["turns_folder"])
        return cls(lessons, *folders, limits, sandbox, data["stops_at_loss"])


@dataclass(frozen=True)
class CheckResult:
    """What became of one hidden check.

    Attributes:
        folder: The lesson's folder.
        tasks: The tasks that it counts for.
        promise: The first line of its docstring.
        outcome: ``passed``, ``failed``, ``not started``, ``unusable``, ``not text``, ``no cell`` or
            ``grader error``.
        finding: Why it did not pass; for the student, but for a grader error.
        notes: How it was decided, where that depends on the machine.
        flags: What a person should look at; it changes no outcome.
    """

    folder: str
    tasks: tuple[int, ...]
    promise: Text
    outcome: str
    finding: Finding = field(default_factory=lambda: Finding(Text()))
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass
class LessonChecks:
    """What the grader process said about one lesson.

    Attributes:
        expected: How many checks it collected.
        results: The checks that were done.
        errors: What was wrong with the grader.
        is_silent: The grader gave no answer in time.
        stood_in: By task, which names of the reference stood in for the student's.
    """

    expected: int = 0
    results: list[CheckResult] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_silent: bool = False
    stood_in: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def lost(self, task: int) -> bool:
        """Return True if a check of a task was not passed."""
        return any(task in each.tasks and each.outcome != PASSED for each in self.results)

    def judged_again(self, task: int, again: LessonChecks, names: tuple[str, ...]) -> LessonChecks:
        """Return the checks with others in the place of a task's own."""
        rest = [
            replace(each, tasks=tuple(number for number in each.tasks if number != task))
            for each in self.results
        ]
        results = [each for each in rest if each.tasks]
        results += [replace(each, tasks=(task,)) for each in again.results]
        stood_in = {**self.stood_in, task: names}
        return LessonChecks(len(results), results, self.errors, stood_in=stood_in)


def line_for_collected(folder: str, expected: int) -> str:
    """Return the line that says how many checks a lesson has."""
    return json.dumps({"line": "collected", "folder": folder, "expected": expected})


def line_for_result(result: CheckResult) -> str:
    """Return the line that says what became of a check."""
    told = {"promise": result.promise.as_data(), "finding": result.finding.as_data()}
    flags = [vars(flag) for flag in result.flags]
    return json.dumps({"line": "result", **vars(result), **told, "flags": flags})


def line_for_error(folder: str, message: str) -> str:
    """Return the line that says that a lesson's grader is at fault."""
    return json.dumps({"line": "error", "folder": folder, "message": message})


def line_for_end(code: int) -> str:
    """Return the line that says that a grader has ended, and how: 0, or what went wrong."""
    return json.dumps({"line": "end", "code": code})


def end_told(text: str) -> int | None:
    """Return the code of :func:`line_for_end`, or None if it is another line."""
    data: dict[str, Any] = json.loads(text)
    return data["code"] if data["line"] == "end" else None


def take_line(text: str, checks: dict[str, LessonChecks]) -> str | None:
    """Add what a line says to the checks of its lesson.

    Returns:
        The folder of the lesson if a check was done, else None.
    Raises:
        ValueError: If it is not such a line.
    """
    data: dict[str, Any] = json.loads(text)
    kind = data.pop("line")
    lesson = checks[data["folder"]]
    if kind == "collected":
        lesson.expected = data["expected"]
    elif kind == "error":
        lesson.errors.append(data["message"])
    else:
        lists = {"tasks": tuple(data["tasks"]), "notes": tuple(data["notes"])}
        flags = tuple(Flag(**flag) for flag in data["flags"])
        promise, finding = Text.from_data(data["promise"]), Finding.from_data(data["finding"])
        told = {"promise": promise, "finding": finding, "flags": flags}
        lesson.results.append(CheckResult(**{**data, **lists, **told}))
        return str(data["folder"])
    return None


def _lesson_order(data: dict[str, Any]) -> LessonOrder:
    return LessonOrder(
        data["folder"],
        data["module"],
        base64.b64decode(data["source"]),
        tuple(data["tasks"]),
        tuple(data["graders"]),
        tuple(data["imports"]),
        None if data["reference"] is None else base64.b64decode(data["reference"]),
        tuple(data["only"]),
    )
