"""Small random programs for the oracle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from threadlings.engine._lesson import Lesson

STATEMENTS = (
    "log.append(shared.x)",
    "shared.x = shared.x + 1",
    "shared.y = shared.x",
    "shared.y += shared.x",
    "items.append({thread})",
    "log.append(len(items))",
    "log.append(list(items))",
    "table['k'] = {thread}",
    "table['only{thread}'] = shared.x",
    "log.append(table.get('k'))",
    "log.append('k' in table)",
    "lock.acquire(); shared.x += 1; lock.release()",
    "lock.acquire(); log.append(shared.x); lock.release()",
    "lock.acquire()",
    "other.acquire(); lock.acquire(); lock.release(); other.release()",
    "lock.acquire(); other.acquire(); other.release(); lock.release()",
    "log.append(lock.acquire(blocking=False))",
    "log.append(lock.locked())",
    "lock.release() if lock.locked() else None",
    "semaphore.acquire(); shared.x += 1; semaphore.release()",
    "semaphore.acquire()",
    "semaphore.release()",
    "event.set()",
    "event.wait(); log.append(shared.x)",
    "log.append(event.is_set())",
    "log.append(event.wait(1))",
    "queue.put({thread})",
    "log.append(queue.get())",
    "log.append(queue.empty())",
    "log.append(queue.get_nowait())",
    "log.append(items.pop())",
    "time.sleep(1)",
    "if shared.x: shared.y = 5",
    "count += 1",
    "log.append(count)",
)


def programs(
    max_threads: int = 3, max_statements: int = 3
) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    """Return a strategy for programs: for each thread its statements."""
    body = st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=max_statements)
    return st.lists(body.map(tuple), min_size=2, max_size=max_threads).map(tuple)


def source_of(threads: tuple[tuple[str, ...], ...]) -> str:
    """Return the program as Python source with a function ``program``."""
    lines = [
        "import threading, time",
        "from queue import Queue",
        "class Shared:",
        "    def __init__(self): self.x = 0; self.y = 0",
        "count = 0",
        "def program():",
        "    shared, items, table, queue = Shared(), [], {}, Queue()",
        "    lock, other, event = threading.Lock(), threading.Lock(), threading.Event()",
        "    semaphore = threading.Semaphore(1)",
        f"    logs = [[] for _ in range({len(threads)})]",
    ]
    for number, statements in enumerate(threads):
        lines += [
            f"    def body{number}():",
            "        global count",
            f"        log = logs[{number}]",
        ]
        lines += ["        " + s.format(thread=number) for s in statements]
    lines += [
        f"    bodies = [{', '.join(f'body{n}' for n in range(len(threads)))}]",
        "    threads = [threading.Thread(target=body) for body in bodies]",
        "    for thread in threads: thread.start()",
        "    for thread in threads: thread.join()",
        "    return [logs, shared.x, shared.y, items, sorted(table.items()), count]",
    ]
    return "\n".join(lines) + "\n"


def program_of(threads: tuple[tuple[str, ...], ...]) -> Callable[[], Any]:
    """Return the program as a callable for the engine."""
    lesson = Lesson(Path("generated.py"), compile(source_of(threads), "generated.py", "exec"))

    def program() -> Any:
        return lesson.program()

    return program
