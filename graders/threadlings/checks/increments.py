"""A counter that several threads increment, and who increments it how often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..language import Text, said


class SharedCounter:
    """A counter without a race, and a book of who increments it; for programs.

    What it does itself is no step: of a search, take a counter of the program's own.

    Args:
        n: The number with which it begins.
        adds: What an increment adds.
        meet: So many threads wait for each other before their first increment, but at most
            100 s.
        takes_s: How many virtual seconds an increment takes, before it counts.

    Attributes:
        n: The number now.
    """

    def __init__(self, n: int, adds: int = 1, meet: int = 0, takes_s: float = 0) -> None:
        from threading import Barrier, Lock

        self.n = n
        self._adds = adds
        self._takes_s = takes_s
        self._barrier = Barrier(meet) if meet else None
        self._lock = Lock()
        self._calls: dict[int, int] = {}
        self._came_s: list[float] = []
        self._apart = 0

    def increment(self) -> None:
        """Note which thread calls, and add."""
        import time
        from threading import BrokenBarrierError, get_ident

        if self._takes_s:
            time.sleep(self._takes_s)
        if get_ident() not in self._calls:
            self._came_s.append(time.monotonic())
            self._calls[get_ident()] = 0
            if self._barrier is not None:
                try:
                    self._barrier.wait(100)
                except BrokenBarrierError:
                    self._apart += 1
        with self._lock:
            self._calls[get_ident()] += 1
            self.n += self._adds

    def seen(
        self, function: Callable[[SharedCounter, int, int], object], threads: int, increments: int
    ) -> dict[str, Any]:
        """Let a function increment it by many threads, and tell what was seen.

        Returns:
            What it ``returned``; ``n`` at that moment; by thread, how often it had called
            ``increment`` (``calls``), and how many seconds after the first one it came
            (``came_s``); how many threads were ``apart``: they waited for the others in vain.
        """
        returned = function(self, threads, increments)
        return {
            "returned": returned,
            "n": self.n,
            "calls": list(self._calls.values()),
            "came_s": [came_s - min(self._came_s) for came_s in self._came_s],
            "apart": self._apart,
        }


def wrong_with_increments(
    seen: Mapping[str, Any], asked: str | Text, threads: int, increments: int
) -> Text:
    """Return what is wrong with a call that should let many threads increment a counter.

    They should be there at the same time, each should increment as often as asked, and what
    the counter has then should be returned.

    Args:
        seen: What :meth:`SharedCounter.seen` told.
        asked: The call, as a student writes it.
        threads: How many threads there should be.
        increments: How often each should increment.
    """
    calls = seen["calls"]
    facts = {**seen, "asked": asked, "threads": threads, "increments": increments}
    if seen["apart"]:
        return said(
            "the threads did not run at the same time\n"
            "  {asked}: all {threads} threads should be able to increment before one has ended",
            **facts,
        )
    if calls != [increments] * threads * bool(increments):
        return said(
            "{asked}: calls of increment() by each of {threads} threads should be {increments}\n"
            "  threads that called it: {count}; calls in all: {all}",
            **facts,
            count=len(calls),
            all=sum(calls),
        )
    if seen["returned"] != seen["n"]:
        return said("{asked} returned {returned}, but counter.n is {n}", **facts)
    return Text()
