"""Right submissions get full marks; wrong ones lose their task's points for their reason."""

from pathlib import Path

import pytest

from threadlings import manifest, self_check

ROOT = Path(__file__).parent.parent
LESSONS = manifest.read()


def files(choose):
    return [
        pytest.param(path, lesson, id="-".join([lesson.folder, path.parts[-2], path.stem]))
        for lesson in LESSONS
        for path in choose(lesson)
    ]


@pytest.mark.parametrize(
    ("path", "lesson"), files(lambda lesson: self_check.submissions(ROOT, lesson, "right"))
)
def test_right_submission_gets_full_marks(path, lesson):
    assert list(self_check.verdict_problems(path, lesson)) == []


@pytest.mark.parametrize(
    ("path", "lesson"), files(lambda lesson: self_check.submissions(ROOT, lesson, "wrong"))
)
def test_wrong_submission_loses_its_task_for_its_reason(path, lesson):
    assert list(self_check.verdict_problems(path, lesson)) == []


@pytest.mark.parametrize("tree", ["solutions", "exercises"])
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder)
def test_reference_solution_gets_full_marks_and_the_stub_is_not_started(lesson, tree):
    assert list(self_check.verdict_problems(ROOT / tree / lesson.file, lesson)) == []
