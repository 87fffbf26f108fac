"""Small random programs for the oracle, as Python for the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from threadlings.engine import Run
from threadlings.engine.world import source_of as source_for

from .model import STATEMENTS, Program, outcome


@st.composite
def programs(draw: st.DrawFn, max_threads: int, max_statements: int) -> Program:
    """Draw a program of few different statements, so that its threads get in each other's way."""
    words = draw(st.lists(st.sampled_from(list(STATEMENTS)), min_size=1, max_size=4, unique=True))
    body = st.lists(st.sampled_from(words), min_size=1, max_size=max_statements).map(tuple)
    return tuple(draw(st.lists(body, min_size=2, max_size=max_threads)))


def source_of(program: Program) -> str:
    """Return the program as Python source with a function ``program``."""
    lines = [
        "import threading, time",
        "from queue import LifoQueue, Queue, SimpleQueue",
        "class Shared:",
        "    def __init__(self): self.x = 0; self.y = 0",
        "count = 0",
        "def program():",
        "    shared, items, box, table = Shared(), [], [0], {}",
        "    queue, small, stack, simple = Queue(), Queue(1), LifoQueue(), SimpleQueue()",
        "    lock, other, again = threading.Lock(), threading.Lock(), threading.RLock()",
        "    event, condition = threading.Event(), threading.Condition(threading.Lock())",
        "    semaphore, pair = threading.Semaphore(1), threading.BoundedSemaphore(2)",
        f"    logs = [[] for _ in range({len(program)})]",
    ]
    for number, statements in enumerate(program):
        lines += [
            f"    def body{number}():",
            "        global count",
            f"        log = logs[{number}]",
        ]
        lines += ["        " + s.replace("{thread}", str(number)) for s in statements]
    bodies = ", ".join(f"body{n}" for n in range(len(program)))
    lines += [
        f"    bodies = [{bodies}]",
        "    threads = [",
        "        threading.Thread(target=body, name=str(number))",
        "        for number, body in enumerate(bodies)",
        "    ]",
        "    for thread in threads: thread.start()",
        "    for thread in threads: thread.join()",
        "    return [logs, shared.x, shared.y, items, box, sorted(table.items()), count]",
    ]
    return "\n".join(lines) + "\n"


def callable_of(program: Program) -> Callable[[], Any]:
    """Return the program as a callable for the engine."""
    code = compile(source_of(program), "generated.py", "exec")
    source = source_for(Path("generated.py"), code)
    return lambda: source.program()


def outcome_of(run: Run) -> str:
    """Return how a run of such a program ended, in the words of the model."""
    died = {name: failure.type_name for name, failure in run.uncaught.items()}
    waiting = [int(wait.name) for wait in run.deadlock if wait.thread != "m"]
    return outcome(run.value, died, waiting)
