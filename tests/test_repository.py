"""Every lesson is complete in every tree, and the README's commands are those that are checked."""

import re
import tomllib
from pathlib import Path

import pytest

from threadlings import manifest, self_check

ROOT = Path(__file__).parent.parent
LESSONS = manifest.read()
BY_FOLDER = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder)


def test_every_tree_has_the_lessons_of_the_manifest():
    assert list(self_check.tree_problems(ROOT, LESSONS)) == []


@BY_FOLDER
def test_lesson_has_its_files_and_no_others(lesson):
    assert list(self_check.file_problems(ROOT, lesson)) == []


@BY_FOLDER
def test_stub_has_a_todo_for_every_task(lesson):
    assert list(self_check.stub_problems(ROOT, lesson)) == []


@BY_FOLDER
def test_pages_are_short_and_have_three_hints_per_task(lesson):
    assert list(self_check.page_problems(ROOT, lesson)) == []


@pytest.mark.parametrize("tool", self_check.TOOLS, ids=" ".join)
def test_code_is_clean(tool):
    assert list(self_check.tool_problems(ROOT, tool)) == []


def test_readmes_commands_are_the_ones_that_are_checked():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*&&.*$", text, re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("threadlings grade solutions")
    assert commands[1].endswith("pytest tests -n 4")
    assert ".ci/run" not in text


def test_every_file_that_the_package_reads_is_installed_with_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["threadlings"]
    package = ROOT / "graders" / "threadlings"
    read = {path for path in package.rglob("*.*") if path.suffix not in (".py", ".pyc", ".md")}
    assert read - {path for pattern in patterns for path in package.glob(pattern)} == set()
