"""A model of queues: the order of puts, the order of gets, slots and items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..kernel import ACQUIRE, AWAIT, PEEK, POST, RELEASE, TEST, TRY
from ._locks import lock
from ._operation import Operation, Touches, modelled, timeout_s_of


class _Counts:
    """How many items were put into a queue, and how many were taken."""

    def __init__(self) -> None:
        self.put = 0
        self.taken = 0

    @classmethod
    def of(cls, queue: Any, size: int) -> _Counts:
        """Return the counts of a queue, corrected for what was changed behind its back."""
        counts: _Counts = vars(queue).setdefault("_counts", cls())
        counts.taken = counts.put - size
        return counts


class QueueModel:
    """What the operations of one class of queues mean.

    The k-th get depends on the k-th put, a put into a full queue on the get that makes room, puts
    on puts, and gets on gets; if the queue is no first-in-first-out one, each on each.

    Args:
        owner: ``Queue``, which counts its unfinished tasks, or ``SimpleQueue``, which does not.
        lock_of: Returns a queue's lock, which stands for it.
    """

    def __init__(self, owner: type, lock_of: Callable[[Any], lock]) -> None:
        self._owner: Any = owner
        self._lock_of = lock_of
        self._has_tasks = hasattr(owner, "task_done")

    def install(self) -> None:
        """Put the models in the place of the methods."""
        names = ["put", "get", "qsize", "empty"]
        if self._has_tasks:
            names += ["full", "task_done", "join"]
            names += ["shutdown"] if hasattr(self._owner, "shutdown") else []
        for name in names:
            modelled(self._owner, name, self._lock_of)(getattr(self, name))

    def _size_of(self, queue: Any) -> int:
        return int(queue._qsize() if self._has_tasks else len(queue._queue))

    def _is_fifo(self, queue: Any) -> bool:
        kind = type(queue)
        return not self._has_tasks or (
            kind._put is self._owner._put and kind._get is self._owner._get
        )

    def _ends(self, queue: Any) -> tuple[tuple[str], tuple[str]]:
        """Return what puts, and what gets, have to agree on: the order of each."""
        return (("puts",), ("gets",)) if self._is_fifo(queue) else (("order",), ("order",))

    def _room(self, queue: Any) -> int:
        return getattr(queue, "maxsize", 0)

    def _is_free(self, queue: Any) -> bool:
        return not self._lock_of(queue).held

    def _is_shut(self, queue: Any) -> bool:
        return bool(getattr(queue, "is_shutdown", False))

    def _begin(self, queue: Any, operation: Operation) -> None:
        """Wait until the program does not hold the queue's own lock."""
        operation.until(lambda: self._is_free(queue), None, [((), ACQUIRE)])

    def put(
        self,
        queue: Any,
        operation: Operation,
        original: Any,
        item: Any,
        block: bool = True,
        timeout: float | None = None,
    ) -> Any:
        """Put an item when there is room."""
        limit, (tail, _head) = self._room(queue), self._ends(queue)
        if limit <= 0:
            block, timeout = True, None
        if block and timeout is not None and not timeout >= 0:
            return original(queue, item, block, timeout)

        def has_room() -> bool:
            return self._is_free(queue) and (
                limit <= 0 or self._size_of(queue) < limit or self._is_shut(queue)
            )

        def slot() -> tuple[str, int]:
            return ("slot", _Counts.of(queue, self._size_of(queue)).put - limit)

        timeout_s = timeout_s_of(block, timeout)
        wishes: Touches = [(tail, TRY), (slot(), ACQUIRE)]
        if not operation.until(has_room, timeout_s, wishes):
            operation.touch([((), PEEK), (tail, PEEK), (slot(), TEST)], "finds full")
            return operation.unseen(original, queue, item, False)
        counts = _Counts.of(queue, self._size_of(queue))
        touches: Touches = [((), PEEK), (tail, TRY), (("item", counts.put), RELEASE)]
        if limit > 0:
            touches.append((slot(), ACQUIRE if timeout_s is None else TRY))
        if self._has_tasks:
            touches.append((("unfinished",), RELEASE))
        operation.touch(touches, "puts into")
        done = operation.unseen(original, queue, item)
        counts.put += 1
        return done

    def get(
        self,
        queue: Any,
        operation: Operation,
        original: Any,
        block: bool = True,
        timeout: float | None = None,
    ) -> Any:
        """Take an item when there is one."""
        if block and timeout is not None and not timeout >= 0:
            return original(queue, block, timeout)
        _tail, head = self._ends(queue)

        def has_item() -> bool:
            return self._is_free(queue) and (self._size_of(queue) > 0 or self._is_shut(queue))

        def next_item() -> tuple[str, int]:
            return ("item", _Counts.of(queue, self._size_of(queue)).taken)

        timeout_s = timeout_s_of(block, timeout)
        wishes: Touches = [(head, TRY), (next_item(), ACQUIRE)]
        if not operation.until(has_item, timeout_s, wishes):
            operation.touch([((), PEEK), (head, PEEK), (next_item(), TEST)], "finds empty")
            return operation.unseen(original, queue, False)
        touches: Touches = [((), PEEK), (head, TRY)]
        touches.append((next_item(), ACQUIRE if timeout_s is None else TRY))
        if self._room(queue) > 0:
            touches.append((("slot", next_item()[1]), RELEASE))
        operation.touch(touches, "gets from")
        return operation.unseen(original, queue, False)

    def qsize(self, queue: Any, operation: Operation, original: Any) -> Any:
        """Count the items."""
        tail, head = self._ends(queue)
        self._begin(queue, operation)
        operation.touch([((), PEEK), (tail, PEEK), (head, PEEK)], "looks at")
        return operation.unseen(original, queue)

    def empty(self, queue: Any, operation: Operation, original: Any) -> Any:
        """Look whether there is no item."""
        _tail, head = self._ends(queue)
        self._begin(queue, operation)
        item = ("item", _Counts.of(queue, self._size_of(queue)).taken)
        found = operation.unseen(original, queue)
        touches: Touches = [((), PEEK), (head, PEEK), (item, TEST if found else PEEK)]
        operation.touch(touches, "finds empty" if found else "finds items in")
        return found

    def full(self, queue: Any, operation: Operation, original: Any) -> Any:
        """Look whether there is no room."""
        tail, _head = self._ends(queue)
        self._begin(queue, operation)
        slot = ("slot", _Counts.of(queue, self._size_of(queue)).put - self._room(queue))
        found = operation.unseen(original, queue)
        touches: Touches = [((), PEEK), (tail, PEEK), (slot, TEST if found else PEEK)]
        operation.touch(touches, "finds full" if found else "finds room in")
        return found

    def task_done(self, queue: Any, operation: Operation, original: Any) -> Any:
        """Count one task less."""
        self._begin(queue, operation)
        # At the last one it matters whether something is put before: join, or one call too many.
        modes = POST if queue.unfinished_tasks > 1 else POST | TRY
        operation.touch([((), PEEK), (("unfinished",), modes)], "ends a task of")
        return operation.unseen(original, queue)

    def join(self, queue: Any, operation: Operation, original: Any) -> Any:
        """Wait until all tasks are done."""
        operation.until(
            lambda: self._is_free(queue) and not queue.unfinished_tasks,
            None,
            [(("unfinished",), AWAIT)],
        )
        operation.touch([((), PEEK), (("unfinished",), AWAIT)], "finds done")
        return operation.unseen(original, queue)

    def shutdown(
        self, queue: Any, operation: Operation, original: Any, immediate: bool = False
    ) -> Any:
        """Let nobody put, nor get, any more."""
        self._begin(queue, operation)
        parts = [(), *self._ends(queue), ("unfinished",)]
        operation.touch([(part, TRY) for part in parts], "shuts down")
        return operation.unseen(original, queue, immediate)
