"""Every lesson is complete in every tree."""

import re
from pathlib import Path

import pytest

from threadlings import manifest

ROOT = Path(__file__).parent.parent
LESSONS = manifest.read()
BY_FOLDER = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder)
LONGEST_PAGE = 300
LONGEST_HINT = 50


def words(text: str) -> int:
    return len(re.findall(r"\S+", text))


@BY_FOLDER
def test_lesson_has_its_files_and_no_others(lesson):
    module = lesson.module
    exercise = {"README.md", "README.ko.md", f"{module}.py", f"test_{module}.py"}
    for folder, wanted in (
        (ROOT / "exercises", exercise),
        (ROOT / "solutions", {f"{module}.py"}),
        (ROOT / "graders", {f"grade_{module}.py"}),
    ):
        found = {p.name for p in (folder / lesson.folder).iterdir() if p.name != "__pycache__"}
        assert found == wanted


@BY_FOLDER
def test_stub_has_a_todo_for_every_task(lesson):
    stub = ROOT / "exercises" / lesson.file
    text = stub.read_text(encoding="utf-8")
    for task in lesson.tasks:
        assert f"# TODO {task.number}: " in text
        assert f'raise NotImplementedError("TODO {task.number} in exercises/{lesson.file}")' in text


@BY_FOLDER
@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_page_is_short_and_has_three_hints_per_task(lesson, name):
    page = (ROOT / "exercises" / lesson.folder / name).read_text(encoding="utf-8")
    before_hints = re.split(r"^## (?:Hints|힌트)$", page, flags=re.MULTILINE)[0]
    assert words(before_hints) <= LONGEST_PAGE
    assert f"pytest exercises/{lesson.folder}" in page
    hints = re.findall(r"<summary>\D*(\d+)\.(\d)</summary>(.*?)</details>", page, re.DOTALL)
    wanted = [(str(task.number), str(n)) for task in lesson.tasks for n in (1, 2, 3)]
    assert [(task, number) for task, number, _text in hints] == wanted
    for _task, _number, text in hints:
        assert words(text) <= LONGEST_HINT


def test_readmes_commands_are_the_ones_that_are_checked():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", text, re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("threadlings grade solutions")
    assert commands[1].endswith("pytest tests")
    assert ".ci/run" not in text
