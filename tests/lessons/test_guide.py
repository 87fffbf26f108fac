"""The student's guide tells the truth: about the course, about messages, about Python."""

import dis
import multiprocessing
import queue
import re
import shutil
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

from threadlings import manifest

ROOT = Path(__file__).parent.parent.parent
GUIDES = pytest.mark.parametrize("name", ["README.md", "README.ko.md"])

pytest_plugins = ["pytester"]


def guide(name):
    return (ROOT / "exercises" / name).read_text(encoding="utf-8")


@GUIDES
def test_the_table_has_every_lesson_with_its_page_and_file(name):
    rows = re.findall(r"^\| \[(\d\d)\]\((.+?)\) \| .+ \| `(.+?)` \|$", guide(name), re.MULTILINE)
    wanted = [
        (f"{lesson.number:02d}", f"{lesson.folder}/{name}", f"{lesson.module}.py")
        for lesson in manifest.read()
    ]
    assert rows == wanted


def test_the_readme_names_every_lesson():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for lesson in manifest.read():
        assert f"exercises/{lesson.folder}/README.md" in text
        assert f"`{lesson.module}.py`" in text


@GUIDES
def test_the_failure_that_is_explained_is_what_pytest_prints(name, pytester):
    shown = re.search(r"<!-- failure -->\n```\n(.*?)\n```\n<!-- end -->", guide(name), re.DOTALL)
    folder = pytester.path / "exercises" / "lesson08"
    folder.mkdir(parents=True)
    for given in ("test_locks.py", "ko.po"):
        shutil.copy(ROOT / "exercises" / "lesson08" / given, folder)
    wrong = ROOT / "tests" / "submissions" / "lesson08" / "wrong" / "no_lock.py"
    shutil.copy(wrong, folder / "locks.py")
    language = "ko" if name == "README.ko.md" else "en"
    options = ["-k", "increment_is_lost", "--lang", language]
    printed = pytester.runpytest_subprocess("exercises/lesson08", *options)
    lines = [line.rstrip() for line in printed.outlines]
    start = lines.index(shown[1].splitlines()[0])
    assert lines[start : start + len(shown[1].splitlines())] == shown[1].splitlines()


@GUIDES
def test_the_commands_name_a_lesson_that_is_there(name):
    named = set(re.findall(r"exercises[/\\](lesson\d\d)", guide(name)))
    assert named <= {lesson.folder for lesson in manifest.read()}


def test_old_names_give_a_deprecation_warning_if_they_are_there():
    def warns(call):
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            call()
        return [warning.category for warning in seen] == [DeprecationWarning]

    thread = threading.Thread()
    for owner, name, arguments in (
        (threading, "currentThread", ()),
        (thread, "getName", ()),
        (thread, "setDaemon", (True,)),
    ):
        old = getattr(owner, name, None)
        assert old is None or warns(lambda old=old, arguments=arguments: old(*arguments)), name


def test_adding_one_to_an_attribute_reads_and_then_writes():
    def increment(self):
        self.n += 1

    touched = [i.opname for i in dis.get_instructions(increment) if i.argval == "n"]
    assert touched == ["LOAD_ATTR", "STORE_ATTR"]


def test_start_methods_are_as_the_guide_says():
    ask = "import multiprocessing as m; print(m.get_start_method())"
    default = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True
    ).stdout.strip()
    if sys.platform == "linux":
        wanted = "fork" if sys.version_info < (3, 14) else "forkserver"
    else:
        wanted = "spawn"
    assert default == wanted
    assert default in multiprocessing.get_all_start_methods()


def test_a_queue_can_be_shut_down_since_3_13():
    assert hasattr(queue.Queue, "shutdown") == (sys.version_info >= (3, 13))


def test_there_is_a_question_about_the_gil_since_3_13():
    assert hasattr(sys, "_is_gil_enabled") == (sys.version_info >= (3, 13))


def test_the_two_queues_are_not_the_same_class():
    assert not isinstance(multiprocessing.Queue(), queue.Queue)
