"""What a program has replaced in the library is noted before it is put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from threadlings import engine
from threadlings.engine.world._stage import STAGE


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Run a file's module, and its ``later`` if it has one; return what was noted."""
    monkeypatch.setattr(STAGE, "_changes", {})

    def run(source: str) -> list[str]:
        path = tmp_path / "program.py"
        path.write_text(source)
        lesson = engine.load(path)
        engine.simulate(lambda: lesson.later() if "later" in dir(lesson) else None)
        return [
            f"{change.name}:{change.line if change.file == str(path) else change.file}"
            for change in engine.changes_noted()
        ]

    return run


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (
            "import threading\nthreading.Thread.start = lambda _: None",
            "threading.Thread.start:2",
        ),
        ("import threading\nthreading.Thread.n = property(lambda self: 1)", "threading.Thread.n:2"),
        ("import threading\nthreading.Lock = print", "threading.Lock:"),
        ("import threading\ndel threading.Event.wait", "threading.Event.wait:"),
        ("import time\ndef later(): time.sleep = later", "time.sleep:2"),
        ("import queue\nqueue.Queue.get = staticmethod(lambda: 1)", "queue.Queue.get:2"),
        ("import builtins\nbuiltins.len = lambda thing: 1", "builtins.len:2"),
    ],
)
def test_what_a_program_replaces_is_noted(
    noted: Callable[[str], list[str]], source: str, name: str
) -> None:
    assert noted(source) == [name]
    assert noted("x = 1") == [name]


def test_nothing_is_noted_of_a_program_that_only_uses_the_library(
    noted: Callable[[str], list[str]],
) -> None:
    source = """
import logging, queue, sched, threading, time
from concurrent.futures import ThreadPoolExecutor, wait

class Worker(threading.Thread):
    n: int = 1

class Jobs(queue.Queue):
    pass

def later():
    logging.basicConfig(level=0)
    logging.getLogger("a").info("b")
    threading.excepthook
    with ThreadPoolExecutor(2) as pool:
        wait([pool.submit(print, number) for number in range(3)])
    timer = threading.Timer(1, print)
    timer.start()
    Worker(daemon=True).start()
    scheduler = sched.scheduler()
    scheduler.enter(1, 1, print)
    scheduler.run()
    with threading.Condition() as condition:
        condition.wait(1)
    Jobs().put(1)
"""
    assert noted(source) == []


def test_a_program_that_breaks_builtins_does_not_break_the_engine(
    noted: Callable[[str], list[str]],
) -> None:
    source = "import builtins\nbuiltins.zip = builtins.setattr = builtins.len = None"
    assert noted(source) == ["builtins.len:", "builtins.setattr:", "builtins.zip:"]
