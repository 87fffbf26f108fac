"""A check that cannot cope with what student code gives it: whose fault is that?"""

from __future__ import annotations

from .conftest import GRADER, RIGHT, School

EXACT = GRADER.replace(
    """    if run.value != 2 * number""",
    """    if run.value["double"] != 2 * number""",
)
"""A check that takes any answer for a dict."""

DICT = RIGHT.replace("return number + number", "return {'double': number + number}")


def _set_reference(school: School, source: str) -> None:
    file = school.root / "solutions" / "lesson01" / "tiny.py"
    file.parent.mkdir(parents=True)
    file.write_text(source)


def test_where_the_reference_passes_it_is_the_submissions(school: School) -> None:
    school.set_grader(EXACT)
    _set_reference(school, DICT)
    lesson = school.grade_source(RIGHT)
    assert (lesson.status, lesson.points) == ("failed", 6)
    assert lesson.tasks[0].reasons[0].told()["message"] == (
        "this check cannot be done with what came from the code; with the reference solution it can"
    )
    assert school.grade_source(DICT).points == 10


def test_where_the_reference_fails_too_it_is_the_graders(school: School) -> None:
    school.set_grader(EXACT)
    _set_reference(school, RIGHT)
    assert school.grade_source(RIGHT).status == "grader error"


def test_without_a_reference_it_is_the_graders(school: School) -> None:
    school.set_grader(EXACT)
    assert school.grade_source(RIGHT).status == "grader error"


def test_a_library_that_is_changed_in_the_import_is_put_back(school: School) -> None:
    """Points are untouched, in both directions; a person is told."""
    change = "import threading\nthreading.Thread.start = threading.Thread.run\n"
    right = school.grade_source(change + RIGHT)
    assert right.points == 10
    assert any("threading.Thread.start" in flag.what for flag in right.flags)
    racy = change + RIGHT.replace("with self.lock:", "if True:")
    assert school.grade_source(racy).points == 4


def test_a_library_that_stays_changed_proves_nothing(school: School) -> None:
    inside = RIGHT.replace(
        "        self.n, self.lock = 0, Lock()",
        "        import threading\n        threading.Thread.start = threading.Thread.run\n"
        "        threading.Thread.join = lambda self: None\n        self.n, self.lock = 0, Lock()",
    )
    lesson = school.grade_source(inside)
    assert lesson.points == 4
    assert lesson.tasks[1].reasons[0].told()["message"] == (
        "the code replaces threading.Thread.join: leave the library as it is"
    )


def test_what_the_library_wants_to_be_set_may_be_set(school: School) -> None:
    hook = "import threading\nthreading.excepthook = lambda args: None\n"
    lesson = school.grade_source(hook + RIGHT)
    assert (lesson.points, lesson.flags) == (10, ())
