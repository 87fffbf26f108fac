"""The course itself: nothing of it leaks, and the check would see it if it did."""

from __future__ import annotations

import ast
import posixpath
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.editions._git import Repository
from threadlings.editions._shared import Shared, read_shared
from threadlings.editions.contents import EDITIONS, SHARED_LINES, STUDENT, matches
from threadlings.editions.leaks import HiddenLines, find_leaks
from threadlings.editions.publish import Plan, history_leaks

ROOT = Path(__file__).parent.parent.parent
LESSONS = manifest.read()
BY_FOLDER = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.folder)


@cache
def course() -> dict[str, bytes]:
    """Return the files of the repository that are tracked, as they are now."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [path for path in listed.decode().split("\0") if path]
    return {path: (ROOT / path).read_bytes() for path in paths if (ROOT / path).is_file()}


def shared() -> list[Shared]:
    return read_shared(course()[SHARED_LINES])


@cache
def hidden_lines(edition: str) -> HiddenLines:
    texts = {path: data.decode("utf-8", "replace") for path, data in course().items()}
    return HiddenLines(
        {path: t for path, t in texts.items() if matches(path, EDITIONS[edition].apart)}
    )


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_nothing_of_the_course_leaks(edition):
    assert [str(leak) for leak in find_leaks(edition, course(), shared())] == []


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_every_link_of_a_published_page_leads_somewhere(edition):
    files = edition.files(course())
    pages = [path for path in files if path.endswith(".md")]
    assert pages
    for page in pages:
        links = re.findall(r"\]\(([^)#]+)", files[page].decode())
        for link in (link for link in links if "://" not in link):
            assert posixpath.normpath(f"{posixpath.dirname(page)}/{link}").lstrip("/") in files, (
                page
            )


def test_every_entry_of_shared_lines_is_needed_in_each_of_its_files():
    entries = shared()
    assert entries
    for entry in entries:
        others = [other for other in entries if other is not entry]
        for path in entry.files:
            (edition,) = (each for each in EDITIONS.values() if each.files({path: b""}))
            text = course()[path].decode()
            assert hidden_lines(edition.name).leaks_in(path, text, others), (entry.why, path)


def test_no_blob_of_a_hidden_file_of_any_commit_is_published():
    asked = ["git", "rev-parse", "--is-shallow-repository"]
    if subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout != "false\n":
        pytest.skip("the history is not here")
    repository = Repository(ROOT)
    files = repository.files("HEAD")
    assert repository.objects("HEAD", STUDENT.hidden)
    for edition in EDITIONS.values():
        plan = Plan(edition, "HEAD", "main", edition.files(files), None, None)
        assert history_leaks(repository, plan) == []


def parts(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield the functions and constants of a file: name, first line, last line, from 1."""
    module = ast.parse(source)
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    for prefix, body in [("", module.body), *((f"{node.name}.", node.body) for node in classes)]:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                yield prefix + node.name, node.lineno, node.end_lineno or node.lineno
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield prefix + node.target.id, node.lineno, node.end_lineno or node.lineno


@BY_FOLDER
def test_one_solved_todo_in_a_stub_is_caught(lesson):
    stub_path = f"exercises/{lesson.file}"
    solution = course()[f"solutions/{lesson.file}"].decode()
    stub = course()[stub_path].decode()
    solved = {
        name: solution.splitlines()[first - 1 : last] for name, first, last in parts(solution)
    }
    todos = 0
    for name, first, last in parts(stub):
        lines = stub.splitlines()
        if f"in {stub_path}" in "\n".join(lines[first - 1 : last]):
            todos += 1
            lines[first - 1 : last] = solved[name]
            assert hidden_lines("student").leaks_in(stub_path, "\n".join(lines), shared()), name
    assert todos >= len(lesson.tasks)


@BY_FOLDER
def test_a_hidden_check_among_the_visible_ones_is_caught(lesson):
    visible_path = f"exercises/{lesson.folder}/test_{lesson.module}.py"
    visible = course()[visible_path].decode()
    graders = [path for path in course() if path.startswith(f"graders/{lesson.folder}/grade_")]
    assert graders
    for path in graders:
        grader = course()[path].decode()
        checks = [part for part in parts(grader) if part[0].startswith("test_")]
        assert checks
        for name, first, last in checks:
            check = "\n".join(grader.splitlines()[first - 1 : last])
            text = f"{visible}\n\n{check}\n"
            assert hidden_lines("student").leaks_in(visible_path, text, shared()), name
