"""What a program does for real: real threads that are interrupted as often as Python can.

The process that runs the programs is this module too; it prints the ending of each run.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from .endings import Ending, ending_of

ROOT = Path(__file__).parents[2]
DEADLINE_S = 10.0
"""How long one run may take before it counts as one that never ends."""
UNTOLD: Ending = ("untold",)
HANGS: Ending = ("hangs",)
"""Of a run that did not end: a deadlock or a livelock."""


def real_endings(text: str, name: str = "program", runs: int = 200) -> set[Ending]:
    """Run a program with real threads, and return how its runs ended."""
    endings: set[Ending] = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "learner.py")
        path.write_text(text, encoding="utf-8")
        while runs > 0 and HANGS not in endings:
            told = list(_endings_told(path, name, runs))
            endings |= set(told)
            runs -= len(told) + 1  # One that ended the process is not told.
    return endings - {UNTOLD}


def is_among(ending: Ending, endings: set[Ending]) -> bool:
    """Return True if what happened for real is among the endings of a search."""
    if ending == HANGS:
        return bool({("deadlock",), ("livelock",)} & endings)
    return ending in endings


def _endings_told(path: Path, name: str, runs: int) -> Iterator[Ending]:
    """Yield what a process tells; the last is ``HANGS`` if it had nothing to tell for too long."""
    command = [sys.executable, "-m", __name__, str(path), name, str(runs)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)
        lines.put("")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        while line := lines.get(timeout=DEADLINE_S):
            yield tuple(json.loads(line) or UNTOLD)
    except queue.Empty:
        yield HANGS
    finally:
        process.kill()
        process.wait()
        reader.join()
        assert process.stdout is not None
        process.stdout.close()


def _run(code: Any, name: str) -> Ending | None:
    """Run the program once in this process; None if an error came where nobody is told of it."""
    module = sys.modules["learner"] = ModuleType("learner")
    threading._counter = itertools.count(1).__next__  # type: ignore[attr-defined]
    errors: dict[str, tuple[str, str, str]] = {}
    mains: list[tuple[str, str, str]] = []

    def note(told: Any) -> None:
        thread = told.thread.name if told.thread is not None else "?"
        errors.setdefault(thread, (thread, told.exc_type.__qualname__, str(told.exc_value)))

    untold: list[Any] = []
    threading.excepthook = note
    sys.unraisablehook = untold.append
    value = None
    try:
        exec(code, vars(module))
        value = vars(module)[name]()
    except Exception as error:
        mains.append(("", type(error).__qualname__, str(error)))
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    if untold:
        return None
    if mains:
        return ending_of("error", None, [*mains, *errors.values()])
    return ending_of("thread error" if errors else "value", value, list(errors.values()))


def main(path: str, name: str, runs: str) -> None:
    """Run a program some times; print how each run ended."""
    code = compile(Path(path).read_text(encoding="utf-8"), "learner.py", "exec")
    told, sys.stdout = sys.stdout, io.StringIO()
    sys.setswitchinterval(1e-6)
    for _ in range(int(runs)):
        print(json.dumps(_run(code, name)), file=told, flush=True)
    os._exit(0)  # Daemons that are left would go on while the interpreter ends.


if __name__ == "__main__":
    main(*sys.argv[1:])
