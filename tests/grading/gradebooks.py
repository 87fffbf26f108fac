"""Gradebooks to make pages of."""

from __future__ import annotations

from collections.abc import Iterable

from threadlings.feedback import Finding
from threadlings.flags import Flag
from threadlings.gradebook import Gradebook, LessonGrade, Reason, SubmissionGrade, TaskGrade
from threadlings.judging.marking import grader_error, without_file
from threadlings.language import Text
from threadlings.manifest import Lesson, Task

EVIL = "</script></pre><img src=x onerror=\"document.title = 'broken'\">{{title}}"
JOIN = Lesson(5, "thread_join", "join", (Task(1, "wait", 10),))
MISSING = without_file(JOIN, "missing", Text("no file lesson05/thread_join.py"))
FAULT = grader_error(JOIN, "/hidden/grade_join.py:7: expected 77712")


def reason(promise: str, message: str) -> Reason:
    """Return a reason of which both are plain text."""
    return Reason(Text(promise), Finding(Text(message)))


def lesson(
    lost: Iterable[str] = (),
    message: str = "n is 1\nat locks.py:4",
    flags: tuple[Flag, ...] = (),
    number: int = 8,
) -> LessonGrade:
    """Return a lesson of which task 2 is lost for these broken promises, if there are any."""
    reasons = tuple(reason(promise, message) for promise in lost)
    second = TaskGrade(2, "Total", 0 if reasons else 6, 6, reasons)
    tasks = (TaskGrade(1, "Counter", 4, 4, (), ("decided in 3.2 s on two cores",)), second)
    status, points = ("failed", 4) if reasons else ("passed", 10)
    return LessonGrade(number, "Lock", status, points, 10, Text(), tasks, flags)


FULL = lesson()
SMALL = Gradebook(
    (
        SubmissionGrade("ada", (MISSING, FULL), (("ID", "17"), ("Email", "ada@x.example"))),
        SubmissionGrade(
            "한 길동",
            (
                FAULT,
                lesson(["No addition *is* lost."], flags=(Flag("locks.py", 3, "reads frames"),)),
            ),
            (("SIS Login ID", "=han"),),
        ),
        SubmissionGrade("cem", (FULL,)),
    ),
    is_sandboxed=True,
)
HOSTILE = Gradebook(
    (SubmissionGrade(EVIL, (lesson([EVIL], EVIL, (Flag(EVIL, 3, EVIL),)),)),), is_sandboxed=False
)


def big(students: int) -> Gradebook:
    """Return a class in which every third student lost a task in every lesson."""
    lost = (["No addition is lost."], ["The total is right.", "No addition is lost."], [])
    lessons = [tuple(lesson(why, number=n) for n in range(1, 13)) for why in lost]
    submissions = (SubmissionGrade(f"student{n:04d}", lessons[n % 3]) for n in range(students))
    return Gradebook(tuple(submissions), is_sandboxed=True)
