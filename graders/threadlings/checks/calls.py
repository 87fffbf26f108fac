"""Books of calls: what a function that was handed over was called with, and how a call ended.

``Calls`` and ``outcome_of`` go along with a scenario (``scenario_with(Calls, outcome_of)``); the
others read what these have told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..language import Text, said


class Calls:
    """A book of the calls of a function that the student's code was handed.

    In a scenario it is what a library is: to note something is one step, and no schedule is
    tried for its sake.

    Args:
        items: What the function may be called with; what is none of it is noted as strange.
        meet: How many calls are to be under way at the same time, for :meth:`meet`.
    """

    def __init__(self, items: Sequence[object], meet: int = 1) -> None:
        import threading

        self.known = [repr(item) for item in items]
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.strange: list[str] = []
        self.most = 0
        self.is_apart = False
        self.barrier = threading.Barrier(meet)

    def begin(self, item: object) -> int | None:
        """Note that a call has begun; return the place of its item, None if it is strange."""
        name = repr(item)
        if name not in self.known:
            self.strange.append(name[:80])
            return None
        self.begun.append(name)
        self.most = max(self.most, len(self.begun) - len(self.ended))
        return self.known.index(name)

    def meet(self) -> None:
        """Wait until as many calls are under way as should be; note it if that takes 100 s."""
        import threading

        try:
            self.barrier.wait(100)
        except threading.BrokenBarrierError:
            self.is_apart = True

    def end(self, item: object) -> None:
        """Note that a call has ended."""
        self.ended.append(repr(item))

    def told(self) -> dict[str, Any]:
        """Return the book as data, with each item as its ``repr``."""
        return {
            "known": self.known,
            "begun": list(self.begun),
            "ended": list(self.ended),
            "strange": list(self.strange),
            "most": self.most,
            "is_apart": self.is_apart,
        }


def outcome_of(call: Callable[[], object]) -> dict[str, Any]:
    """Call a function; return as data what became of it, and which threads were left then.

    A ``ValueError`` or ``LookupError`` is part of the outcome, other exceptions leave it.
    """
    import threading

    result, error = None, None
    try:
        result = call()
    except (ValueError, LookupError) as caught:
        error = [type(caught).__name__, [str(arg) for arg in caught.args]]
    left = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    return {
        "kind": "None" if result is None else f"a {type(result).__name__}",
        "result": list(result) if isinstance(result, list) else None,
        "error": error,
        "left": left,
    }


@dataclass(frozen=True)
class Called:
    """What is wrong with the calls of a book; places are those of the known items.

    Attributes:
        strange: The items that were none, as text.
        again: How often those items came that came too often.
        running: The places of items whose calls had begun and not ended.
        missing: The places of items that never came.
    """

    strange: list[str]
    again: list[int]
    running: list[int]
    missing: list[int]


def called(told: dict[str, Any]) -> Called:
    """Read what :meth:`Calls.told` told: each item should have come once, equal ones too.

    Of equal items that are missing, the last places are named.
    """
    known, begun, ended = told["known"], Counter(told["begun"]), Counter(told["ended"])
    wanted = Counter(known)
    first = {name: known.index(name) for name in wanted}
    missing = [n for n, name in enumerate(known) if known[: n + 1].count(name) > begun[name]]
    return Called(
        strange=told["strange"],
        again=[begun[name] for name in wanted if begun[name] > wanted[name]],
        running=[first[name] for name in wanted if begun[name] > ended[name]],
        missing=missing,
    )


def counted(number: int, word: str) -> str:
    """Return a number with a word of English, which has an ``s`` unless it is one."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def named(error: Sequence[Any]) -> str:
    """Return an error that :func:`outcome_of` told as Python writes it: ``ValueError('bad')``."""
    name, args = error
    return f"{name}({', '.join(map(repr, args))})"


def left_behind(outcome: dict[str, Any], function: str) -> Text:
    """Return what is wrong if a call left threads; an empty text if it did not."""
    if not outcome["left"]:
        return Text()
    return said(
        "a thread is left after {function}() returned: {left}\n"
        "  tell each thread when to end, and wait until it has ended",
        function=function,
        left=", ".join(outcome["left"]),
    )
