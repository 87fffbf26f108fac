"""The oracle: what random programs can do, from a model that knows nothing of the engine.

A program is a list of statements for each thread. A statement is Python source for the engine,
and, for the model, the list of its steps: functions that change a state, or return False while
they cannot go on. All schedules of a program are gone through, state by state.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


class Died(Exception):
    """An exception that ends the thread; its text is the name of the type."""


@dataclass
class State:
    """All that threads share, and how far each has come."""

    x: int = 0
    y: int = 0
    count: int = 0
    items: list[Any] = field(default_factory=list)
    box: list[int] = field(default_factory=lambda: [0])
    table: dict[str, Any] = field(default_factory=dict)
    held: dict[str, int | None] = field(
        default_factory=lambda: {"lock": None, "other": None, "condition": None}
    )
    depth: int = 0
    owner: int | None = None
    permits: int = 1
    flag: bool = False
    pair: int = 2
    queue: deque[Any] = field(default_factory=deque)
    unfinished: int = 0
    small: deque[Any] = field(default_factory=deque)
    stack: list[Any] = field(default_factory=list)
    simple: deque[Any] = field(default_factory=deque)
    waiters: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    registers: list[list[Any]] = field(default_factory=list)
    logs: list[list[Any]] = field(default_factory=list)
    died: dict[int, str] = field(default_factory=dict)

    def key(self) -> str:
        return repr(self)


Step = Callable[[State, int], Any]


def read(*names: str) -> list[Step]:
    def step(name: str) -> Step:
        return lambda s, t: s.registers[t].append(getattr(s, name))

    return [step(name) for name in names]


def write(name: str, value: Callable[[list[Any]], Any]) -> Step:
    def step(s: State, t: int) -> None:
        setattr(s, name, value(s.registers[t]))
        s.registers[t].clear()

    return step


def log(value: Callable[[State, int], Any]) -> Step:
    return lambda s, t: s.logs[t].append(value(s, t))


def do(change: Callable[[State, int], Any]) -> Step:
    def step(s: State, t: int) -> None:
        change(s, t)

    return step


def take(name: str) -> Step:
    def step(s: State, t: int) -> bool | None:
        if s.held[name] is not None:
            return False
        s.held[name] = t
        return None

    return step


def free(name: str, outer: str = "") -> Step:
    """Free a lock; if it is not held, the thread dies and frees the ``outer`` one on its way."""

    def step(s: State, t: int) -> None:
        if s.held[name] is None:
            s.held.update({outer: None} if outer else {})
            raise Died("RuntimeError")
        s.held[name] = None

    return step


def try_take(name: str) -> Step:
    def step(s: State, t: int) -> None:
        s.logs[t].append(s.held[name] is None)
        if s.held[name] is None:
            s.held[name] = t

    return step


def take_again(s: State, t: int) -> bool | None:
    if s.owner not in (None, t):
        return False
    s.owner, s.depth = t, s.depth + 1
    return None


def free_again(s: State, t: int) -> None:
    if s.owner != t:
        raise Died("RuntimeError")
    s.depth -= 1
    if s.depth == 0:
        s.owner = None


def take_permit(name: str) -> Step:
    def step(s: State, t: int) -> bool | None:
        if getattr(s, name) == 0:
            return False
        setattr(s, name, getattr(s, name) - 1)
        return None

    return step


def try_permit(s: State, t: int) -> None:
    s.logs[t].append(s.permits > 0)
    s.permits -= s.permits > 0


def add_permit(name: str, limit: int = 1_000) -> Step:
    def step(s: State, t: int) -> None:
        if getattr(s, name) == limit:
            raise Died("ValueError")
        setattr(s, name, getattr(s, name) + 1)

    return step


def until(condition: Callable[[State], Any]) -> Step:
    return lambda s, t: None if condition(s) else False


def begin_wait(s: State, t: int) -> None:
    s.held["condition"] = None
    s.waiters.append(t)


def end_wait(s: State, t: int) -> bool | None:
    if t in s.waiters or s.held["condition"] is not None:
        return False
    s.held["condition"] = t
    return None


def end_wait_in_time(s: State, t: int) -> bool | None:
    if s.held["condition"] is not None:
        return False
    s.logs[t].append(t not in s.waiters)
    if t in s.waiters:
        s.waiters.remove(t)
    s.held["condition"] = t
    return None


def notify(s: State, t: int) -> None:
    if s.waiters:
        s.waiters.pop(0)


def notify_all(s: State, t: int) -> None:
    s.waiters.clear()


def pop_item(s: State, t: int) -> None:
    if not s.items:
        raise Died("IndexError")
    s.logs[t].append(s.items.pop())


def put(s: State, t: int) -> None:
    s.queue.append(t)
    s.unfinished += 1


def task_done(s: State, t: int) -> None:
    if not s.unfinished:
        raise Died("ValueError")
    s.unfinished -= 1


def get(name: str, from_end: bool = False) -> Step:
    def step(s: State, t: int) -> bool | None:
        items = getattr(s, name)
        if not items:
            return False
        s.logs[t].append(items.pop() if from_end else items.popleft())
        return None

    return step


def get_now(name: str, from_end: bool = False) -> Step:
    def step(s: State, t: int) -> None:
        if get(name, from_end)(s, t) is False:
            raise Died("Empty")

    return step


def put_small_now(s: State, t: int) -> None:
    if s.small:
        raise Died("Full")
    s.small.append(t)


def put_small(s: State, t: int) -> bool | None:
    if len(s.small) == 1:
        return False
    s.small.append(t)
    return None


def delete_k(s: State, t: int) -> None:
    if "k" not in s.table:
        raise Died("KeyError")
    del s.table["k"]


def go_through(s: State, t: int) -> None:
    """One turn of a loop over the items; the last turn is the one that finds no more."""
    position = len(s.registers[t])
    if position < len(s.items):
        s.logs[t].append(s.items[position])
        s.registers[t].append(None)
        s.at[t] -= 1
    else:
        s.registers[t].clear()


def increment(s: State, t: int) -> None:
    s.x += 1


_READ_X_WRITE_X = [*read("x"), write("x", lambda r: r[0] + 1)]

STATEMENTS: dict[str, list[Step]] = {
    "log.append(shared.x)": [log(lambda s, t: s.x)],
    "shared.x = shared.x + 1": _READ_X_WRITE_X,
    "shared.x += 1": _READ_X_WRITE_X,
    "setattr(shared, 'x', getattr(shared, 'x') + 1)": _READ_X_WRITE_X,
    "shared.y = shared.x": [*read("x"), write("y", lambda r: r[0])],
    "shared.y += shared.x": [*read("y", "x"), write("y", lambda r: r[0] + r[1])],
    "items.append({thread})": [do(lambda s, t: s.items.append(t))],
    "log.append(len(items))": [log(lambda s, t: len(s.items))],
    "log.append(list(items))": [log(lambda s, t: list(s.items))],
    "for item in items: log.append(item)": [go_through],
    "log.append(items.pop())": [pop_item],
    "box[0] += 1": [
        do(lambda s, t: s.registers[t].append(s.box[0])),
        do(lambda s, t: s.box.__setitem__(0, s.registers[t].pop() + 1)),
    ],
    "table['k'] = {thread}": [do(lambda s, t: s.table.__setitem__("k", t))],
    "table['only{thread}'] = shared.x": [
        *read("x"),
        do(lambda s, t: s.table.__setitem__(f"only{t}", s.registers[t].pop())),
    ],
    "log.append(table.get('k'))": [log(lambda s, t: s.table.get("k"))],
    "log.append('k' in table)": [log(lambda s, t: "k" in s.table)],
    "log.append(table.setdefault('k', {thread}))": [log(lambda s, t: s.table.setdefault("k", t))],
    "log.append(len(table))": [log(lambda s, t: len(s.table))],
    "del table['k']": [delete_k],
    "lock.acquire(); shared.x += 1; lock.release()": [
        take("lock"),
        *_READ_X_WRITE_X,
        free("lock"),
    ],
    "with lock: log.append(shared.x)": [take("lock"), log(lambda s, t: s.x), free("lock")],
    "with other, lock: pass": [
        take("other"),
        take("lock"),
        free("lock", outer="other"),
        free("other"),
    ],
    "with lock, other: shared.y += 1": [
        take("lock"),
        take("other"),
        *read("y"),
        write("y", lambda r: r[0] + 1),
        free("other"),
        free("lock"),
    ],
    "lock.acquire()": [take("lock")],
    "lock.release()": [free("lock")],
    "log.append(lock.acquire(blocking=False))": [try_take("lock")],
    "log.append(lock.acquire(timeout=1))": [try_take("lock")],
    "log.append(lock.locked())": [log(lambda s, t: s.held["lock"] is not None)],
    "again.acquire()": [take_again],
    "again.release()": [free_again],
    "with again, again: log.append(shared.x)": [
        take_again,
        take_again,
        log(lambda s, t: s.x),
        free_again,
        free_again,
    ],
    "with semaphore: shared.x += 1": [
        take_permit("permits"),
        *_READ_X_WRITE_X,
        add_permit("permits"),
    ],
    "semaphore.acquire()": [take_permit("permits")],
    "semaphore.release()": [add_permit("permits")],
    "log.append(semaphore.acquire(blocking=False))": [try_permit],
    "log.append(semaphore.acquire(timeout=1))": [try_permit],
    "event.set()": [do(lambda s, t: setattr(s, "flag", True))],
    "event.clear()": [do(lambda s, t: setattr(s, "flag", False))],
    "event.wait(); log.append(shared.x)": [until(lambda s: s.flag), log(lambda s, t: s.x)],
    "log.append(event.is_set())": [log(lambda s, t: s.flag)],
    "log.append(event.wait(1))": [log(lambda s, t: s.flag)],
    "with condition: condition.wait()": [
        take("condition"),
        begin_wait,
        end_wait,
        free("condition"),
    ],
    "with condition: log.append(condition.wait(1))": [
        take("condition"),
        begin_wait,
        end_wait_in_time,
        free("condition"),
    ],
    "with condition: condition.notify()": [take("condition"), notify, free("condition")],
    "with condition: shared.x += 1; condition.notify_all()": [
        take("condition"),
        *_READ_X_WRITE_X,
        notify_all,
        free("condition"),
    ],
    "queue.put({thread})": [put],
    "queue.task_done()": [task_done],
    "queue.join(); log.append(shared.x)": [
        until(lambda s: not s.unfinished),
        log(lambda s, t: s.x),
    ],
    "log.append(queue.get())": [get("queue")],
    "log.append(queue.get_nowait())": [get_now("queue")],
    "log.append(queue.get(timeout=1))": [get_now("queue")],
    "log.append(queue.empty())": [log(lambda s, t: not s.queue)],
    "log.append(queue.qsize())": [log(lambda s, t: len(s.queue))],
    "small.put({thread})": [put_small],
    "log.append(small.get())": [get("small")],
    "small.put_nowait({thread})": [put_small_now],
    "small.put({thread}, timeout=1)": [put_small_now],
    "log.append(small.full())": [log(lambda s, t: len(s.small) == 1)],
    "stack.put({thread})": [do(lambda s, t: s.stack.append(t))],
    "log.append(stack.get())": [get("stack", from_end=True)],
    "log.append(stack.get_nowait())": [get_now("stack", from_end=True)],
    "simple.put({thread})": [do(lambda s, t: s.simple.append(t))],
    "log.append(simple.get())": [get("simple")],
    "log.append(simple.get(timeout=1))": [get_now("simple")],
    "log.append(simple.empty())": [log(lambda s, t: not s.simple)],
    "with pair: shared.y += 1": [
        take_permit("pair"),
        *read("y"),
        write("y", lambda r: r[0] + 1),
        add_permit("pair", limit=2),
    ],
    "pair.acquire()": [take_permit("pair")],
    "pair.release()": [add_permit("pair", limit=2)],
    "time.sleep(1)": [do(lambda s, t: None)],
    "if shared.x: shared.y = 5": [
        *read("x"),
        do(lambda s, t: setattr(s, "y", 5 if s.registers[t].pop() else s.y)),
    ],
    "count += 1": [*read("count"), write("count", lambda r: r[0] + 1)],
    "log.append(count)": [log(lambda s, t: s.count)],
}

Outcome = tuple[Any, ...]
Program = tuple[tuple[str, ...], ...]


def outcomes_of(program: Program) -> set[str]:
    """Return how the program can end, under every schedule."""
    steps = [[step for statement in body for step in STATEMENTS[statement]] for body in program]
    threads = range(len(program))
    start = State(
        at=[0 for _ in threads],
        registers=[[] for _ in threads],
        logs=[[] for _ in threads],
    )
    seen, left, found = {start.key()}, [start], set[str]()
    while left:
        state = left.pop()
        following = [s for t in threads for s in _step(state, t, steps[t])]
        if not following:
            found.add(_outcome(state, [t for t in threads if _is_waiting(state, t, steps[t])]))
        for after in following:
            key = after.key()
            if key not in seen:
                seen.add(key)
                left.append(after)
    return found


def _is_waiting(state: State, thread: int, steps: list[Step]) -> bool:
    return thread not in state.died and state.at[thread] < len(steps)


def _step(state: State, thread: int, steps: list[Step]) -> Iterable[State]:
    if not _is_waiting(state, thread, steps):
        return
    after = copy.deepcopy(state)
    after.at[thread] += 1
    try:
        if steps[state.at[thread]](after, thread) is False:
            return
    except Died as death:
        after.died[thread] = str(death)
        after.registers[thread].clear()
    yield after


def _outcome(state: State, waiting: list[int]) -> str:
    value = None
    if not waiting:
        table = sorted(state.table.items())
        value = [state.logs, state.x, state.y, state.items, state.box, table, state.count]
    return outcome(value, {str(t): name for t, name in state.died.items()}, waiting)


def outcome(value: Any, died: dict[str, str], waiting: list[int]) -> str:
    """Return the text of one ending: what was returned, who died of what, who waits for ever."""
    return repr([_plain(value), sorted(died.items()), sorted(waiting)])


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
