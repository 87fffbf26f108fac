"""Right submissions get full marks; wrong ones lose their task's points for their reason."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.grading.checkout import find_checkouts
from threadlings.grading.grade import find_graders, grade

ROOT = Path(__file__).parent.parent
SUBMISSIONS = ROOT / "tests" / "submissions"
LESSONS = {lesson.folder: lesson for lesson in manifest.read()}
FIRST_LINE = re.compile(r"# task: (\d+); reason: (.+)")
FEWEST = {"right": 4, "wrong": 10}


def files(kind):
    return [
        pytest.param(path, id=f"{path.parts[-3]}-{path.stem}")
        for path in sorted(SUBMISSIONS.glob(f"lesson*/{kind}/*.py"))
    ]


def grade_one(path, folder):
    """Grade a file as the only submission of its lesson."""
    lesson = LESSONS[path.parts[-3]]
    student = folder / f"{lesson.folder}-{path.parts[-2]}-{path.stem}"
    (student / lesson.folder).mkdir(parents=True)
    shutil.copy(path, student / lesson.file)
    book = grade(find_checkouts([student]), [lesson], find_graders())
    return book.submissions[0].lessons[0]


@pytest.fixture(scope="module")
def grades(tmp_path_factory, request):
    """Grade all the files that were asked for, two at a time."""
    folder = tmp_path_factory.mktemp("students")
    wanted = [
        item.callspec.params["path"]
        for item in request.session.items
        if "grades" in getattr(item, "fixturenames", ())
    ]
    with ThreadPoolExecutor(2) as pool:
        books = pool.map(lambda path: grade_one(path, folder), wanted)
        return dict(zip(wanted, books, strict=True))


@pytest.mark.parametrize("path", files("right"))
def test_right_submission_gets_full_marks(path, grades):
    lesson = grades[path]
    reasons = [reason for task in lesson.tasks for reason in task.reasons]
    assert (lesson.status, reasons, lesson.message) == ("passed", [], "")


@pytest.mark.parametrize("path", files("wrong"))
def test_wrong_submission_loses_its_task_for_its_reason(path, grades):
    first = FIRST_LINE.match(path.read_text(encoding="utf-8").splitlines()[0])
    assert first is not None, "the first line names the task and the reason"
    lesson = grades[path]
    assert lesson.status == "failed", lesson.message
    lost = [task.number for task in lesson.tasks if task.points < task.max_points]
    assert lost == [int(first[1])]
    (task,) = [task for task in lesson.tasks if task.number == int(first[1])]
    assert first[2] in "\n".join(reason.message for reason in task.reasons)


@pytest.mark.parametrize("folder", sorted(LESSONS))
@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_there_are_enough_submissions(folder, kind):
    assert len(list((SUBMISSIONS / folder / kind).glob("*.py"))) >= FEWEST[kind]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.folder)
def test_reference_solution_gets_full_marks_and_the_stub_is_not_started(lesson):
    roots = [ROOT / "solutions", ROOT / "exercises"]
    book = grade(find_checkouts(roots), [lesson], find_graders())
    solution, stub = (submission.lessons[0] for submission in book.submissions)
    assert (solution.status, solution.points) == ("passed", 10)
    assert (stub.status, stub.points) == ("not started", 0)
