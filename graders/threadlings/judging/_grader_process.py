"""The grader: pytest over the hidden checks of one submission, in a process of its own.

Graders are forks of a warm process that has imported pytest and the engine, and runs no check.
The orders come on standard input, one a line; each result leaves as a line on what was standard
output, which nobody else can reach: no file holds it, and cells do not inherit it. Neither ever
imports student code.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from ..cells import Limits, adopt_orphans, end_children, end_with_parent, hide
from ._plugin import Plugin
from .orders import Order, line_for_end

ENDING_S = 10.0
"""What a grader has to end its cells when nobody waits for it any more."""

Tell = Callable[[str], None]
"""Takes one line of the report."""


def main() -> None:
    """Grade what standard input tells of, until it is closed; the report says how it went.

    Where there is no ``fork`` it is graded here, and only the first.
    """
    tell = _private_output()
    hide()  # And so are the forks.
    if not hasattr(os, "fork"):
        tell(line_for_end(_grade(Order.from_json(sys.stdin.readline()), tell)))
        return
    _warm_up()
    for line in sys.stdin:
        tell(line_for_end(_grade_in_fork(line, tell)))


def _private_output() -> Tell:
    """Keep standard output for the report, and let what is printed go to standard error."""
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(line: str) -> None:
        report.write(line + "\n")
        report.flush()

    return tell


def _warm_up() -> None:
    """Let pytest import what it needs for any check; no fork has to look at it again."""
    with tempfile.TemporaryDirectory() as empty:
        pytest.main([*_arguments(Order((), empty, empty, empty, Limits())), empty])
    gc.collect()
    gc.freeze()


def _grade_in_fork(line: str, tell: Tell) -> int:
    """Return how the grader has ended; it ends early if standard input is closed meanwhile."""
    ended, is_alive = os.pipe()
    grader = os.fork()
    if grader == 0:
        _become_grader(line, tell)
    os.close(is_alive)
    ready, _, _ = select.select([0, ended], [], [])
    if ended not in ready:
        os.kill(grader, signal.SIGINT)
        ready, _, _ = select.select([ended], [], [], ENDING_S)
        if not ready:
            os.kill(grader, signal.SIGKILL)
    os.close(ended)
    _pid, status = os.waitpid(grader, 0)
    return os.waitstatus_to_exitcode(status)


def _become_grader(line: str, tell: Tell) -> NoReturn:
    code = 1
    try:
        end_with_parent()  # A report that nobody reads is no reason to go on.
        adopt_orphans()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # `&` in a shell ignores it.
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        code = _grade(Order.from_json(line), tell)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _grade(order: Order, tell: Tell) -> int:
    """Return 0 if all was said that there is to say, else pytest's exit code."""
    os.chdir(order.work_folder)
    try:
        code = pytest.main(list(_arguments(order)), plugins=[Plugin(order, tell)])
    finally:
        if sys.platform == "linux":
            end_children()
    return 0 if code in (0, 1) else int(code)


def _arguments(order: Order) -> Iterator[str]:
    """Yield pytest's command line: no configuration, cache or plugin but ours."""
    configuration = Path(order.work_folder, "pytest.ini")
    configuration.write_text("[pytest]\npython_files = grade_*.py\n", encoding="utf-8")
    yield f"--config-file={configuration}"
    yield f"--rootdir={order.graders_folder}"
    yield f"--confcutdir={order.graders_folder}"
    yield from ("-p", "no:cacheprovider", "--import-mode=importlib", "--assert=plain")
    yield from ("--continue-on-collection-errors", "--capture=sys", "-q", "--tb=short")
    if order.stops_at_loss:
        yield "--exitfirst"
    for lesson in order.lessons:
        yield from lesson.graders


if __name__ == "__main__":
    main()
