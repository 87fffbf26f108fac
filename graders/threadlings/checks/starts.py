"""Calls that start threads: what they return, and which thread calls the target with what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..language import Text, said

_OWN_NAME = re.compile(r"Thread-(\d+)( \(.*\))?")
_MOST_SHOWN = 8


class Starts:
    """A target for threads, and a book of the calls that start them; for programs.

    What it does itself is no step: that somebody changes a thread's name while it looks at it
    is not tried out.

    Args:
        lasts_s: Virtual seconds that the target takes, call by call of it; further calls take
            none.
        meet: So many calls of the target wait for each other first, but at most 100 s.
        patience_s: Virtual seconds for which more calls of the target are awaited, after the
            threads that are known have ended.

    Attributes:
        apart: How many calls of the target have waited in vain for others.
    """

    def __init__(self, lasts_s: Sequence[float] = (), meet: int = 0, patience_s: float = 0) -> None:
        from threading import Barrier, Thread, current_thread

        self.apart = 0
        self._lasts_s = list(lasts_s)
        self._barrier = Barrier(meet) if meet else None
        self._patience_s = patience_s
        self._calls: list[tuple[Thread, list[Any]]] = []
        self._caller = current_thread()

    def target(self, *arguments: Any) -> None:
        """Note who calls, with what; and take as long as it should."""
        import time
        from threading import BrokenBarrierError, current_thread

        lasts_s = self._lasts_s.pop(0) if self._lasts_s else 0
        self._calls.append((current_thread(), list(arguments)))
        if self._barrier is not None:
            try:
                self._barrier.wait(100)
            except BrokenBarrierError:
                self.apart += 1
        if lasts_s:
            time.sleep(lasts_s)

    def seen(self, function: Callable[..., object], *arguments: Any) -> dict[str, Any]:
        """Call what starts threads, wait until they have ended, and tell what was seen.

        As :meth:`begin` and :meth:`told`, between which other calls may be made.
        """
        self.begin(function, *arguments)
        return self.told()

    def begin(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call what starts threads, and keep what it returned; the threads are not awaited."""
        import time
        from threading import Thread

        self._calls, self._begin_s = [], time.monotonic()
        self._returned = function(*arguments)
        self._took_s = time.monotonic() - self._begin_s
        self._found = self._now()
        self._threads = [each for each in self._found if isinstance(each, Thread)]
        self._started = [each for each in self._threads if each.ident is not None]
        self._names = [each.name for each in self._threads]

    def told(self) -> dict[str, Any]:
        """Wait until the threads of the call have ended, and tell what was seen.

        Returns:
            ``returned``: the type of what it returned; ``took_s``: after how many virtual
            seconds; ``length`` of its list, and how many of that are ``threads``, are
            ``different``, and had been ``started``; their ``names`` at that moment; their
            ``calls``: for each, what it called the target with; ``in_caller``: what the caller
            itself called it with; ``in_all``: how often it was called; ``over_s``: when the
            threads had ended; ``is_altered``: whether its list has changed since.
        """
        import time

        returned, found, threads = self._returned, self._found, self._threads
        for thread in self._started:
            thread.join()
        over_s = time.monotonic() - self._begin_s
        if self._patience_s:
            time.sleep(self._patience_s)
        return {
            "returned": "list" if isinstance(returned, list) else type(returned).__name__,
            "took_s": self._took_s,
            "length": len(found),
            "threads": len(threads),
            "different": len({id(thread) for thread in threads}),
            "started": len(self._started),
            "names": self._names,
            "calls": [self._calls_of(thread) for thread in threads],
            "in_caller": self._calls_of(self._caller),
            "in_all": len(self._calls),
            "over_s": over_s,
            "is_altered": list(map(id, found)) != list(map(id, self._now())),
        }

    def _now(self) -> list[Any]:
        return list(self._returned) if isinstance(self._returned, list) else []

    def _calls_of(self, thread: object) -> list[list[Any]]:
        return [arguments for caller, arguments in self._calls if caller is thread]


def wrong_with_threads(seen: Mapping[str, Any], asked: str | Text, count: int) -> Text:
    """Return what is wrong with the threads that a call returned; nothing if nothing is.

    They should be ``count`` different ones in a list, and all started.

    Args:
        seen: What :meth:`Starts.seen` told.
        asked: The call, as a student writes it.
        count: How many threads there should be.
    """
    facts = {**seen, "asked": asked, "count": count, "returned": an_object(seen["returned"])}
    if seen["in_caller"]:
        return said(
            "{asked} called the target itself, not in a new thread\n"
            "  target() and run() are calls of your own; start() lets the new thread call it",
            **facts,
        )
    if seen["returned"] != "list":
        return said("{asked} should return a list of threads; it returned {returned}", **facts)
    if seen["threads"] != count or seen["length"] != count:
        return said(
            "{asked} should return a list of {count} threads\n"
            "  things in its list: {length}; threads among them: {threads}",
            **facts,
        )
    if seen["different"] != count:
        return said("{asked} should return {count} different threads, not {different}", **facts)
    if seen["started"] != count:
        return said(
            "{asked} should start its threads before it returns\n"
            "  threads: {count}; started: {started}; what is not started does nothing",
            **facts,
        )
    return Text()


def wrong_afterwards(seen: Mapping[str, Any]) -> Text:
    """Return what is wrong with the list of a call after another call, if anything is."""
    if seen["is_altered"]:
        return said("the list that the first call returned was changed by the second one")
    return Text()


def wrong_with_waiting(seen: Mapping[str, Any], asked: str | Text) -> Text:
    """Return what is wrong with a call that should not wait for its threads, if anything is."""
    if seen["took_s"] > 0:
        return said(
            "{asked} should not wait for its threads\n"
            "  it returned after {took_s:.1f} s, not at once",
            **seen,
            asked=asked,
        )
    return Text()


def wrong_with_calls(seen: Mapping[str, Any], asked: str | Text) -> Text:
    """Return what is wrong if not each thread called the target, and called it once."""
    times = [len(calls) for calls in seen["calls"]]
    if times != [1] * len(times):
        return said(
            "{asked}: each of its threads should call the target once\n"
            "  calls by each, in the order of the list: {times}",
            asked=asked,
            times=", ".join(map(str, times)),
        )
    if seen["in_all"] != len(times):
        return said(
            "{asked}: only its threads should call the target, each once\n"
            "  threads: {count}; calls in all: {in_all}",
            **seen,
            asked=asked,
            count=len(times),
        )
    return Text()


def number_of_name(name: object) -> int | None:
    """Return the number in a name that Python gives a thread: 7 of ``Thread-7 (target)``.

    Of any other name, and of what is no name, it is None.
    """
    found = _OWN_NAME.fullmatch(name) if isinstance(name, str) else None
    return int(found[1]) if found else None


def listed(names: Sequence[object]) -> str:
    """Return names as a list for people: at most 8 of them, and ``nothing`` for none."""
    more = ", ..." if len(names) > _MOST_SHOWN else ""
    return (", ".join(map(repr, names[:_MOST_SHOWN])) or "nothing") + more


def an_object(type_name: str) -> str | Text:
    """Return what to call an object of which only the name of its type is known."""
    if type_name == "NoneType":
        return "None"
    return said("an object of class {type_name}", type_name=type_name)
