"""What a run is made of: plain data, equal in every process.

Threads are called by their letter: ``m`` is the main thread, ``A`` the first thread that was
started, ``B`` the second, and so on. A place in a file is its name and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from types import CodeType

MAIN = "m"
"""The letter of the main thread."""


class Ending(StrEnum):
    """How a run ended.

    What comes later in this list is told of only if nothing before it is true: of a thread that
    raised and another that waits for ever, the deadlock is told.
    """

    DEADLOCK = "deadlock"
    EXHAUSTED = "exhausted"
    LIVELOCK = "livelock"
    ERROR = "error"
    THREAD_ERROR = "thread error"
    VALUE = "value"


class MalformedError(ValueError):
    """Data that should be a run or a search, and is not."""


@contextmanager
def well_formed() -> Iterator[None]:
    """Turn what goes wrong with data of another shape into a :class:`MalformedError`."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise MalformedError(f"not the data of a run: {error!r}") from error


@dataclass(frozen=True)
class Place:
    """A line of the program: ``locks.py:18``, inside ``function``."""

    file: str
    line: int
    function: str

    @classmethod
    def in_code(cls, code: CodeType, line: int) -> Place:
        """Return the place of a line of ``code``; its file without the folders."""
        return cls(code.co_filename.replace("\\", "/").rsplit("/", 1)[-1], line, code.co_name)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Thing:
    """What a thread waits for, takes, frees or looks at: no variable, but a lock or its like.

    ``kind`` is what it is: ``lock``, ``Queue``, ``Event``; ``end`` is the end of ``thread``. It is
    the call (``Condition.wait()``) where a thread waits in one for nothing that somebody has, and
    ``nothing`` if it is not known. ``number`` counts, from 1, those that one thread made in the
    line ``made_at``; it is None where they are not told apart.
    """

    kind: str
    made_at: Place | None = None
    number: int | None = None
    thread: str | None = None

    @property
    def is_call(self) -> bool:
        """True for a call in which a thread waits."""
        return self.kind.endswith("()")

    @property
    def is_end(self) -> bool:
        """True for the end of a thread."""
        return self.thread is not None

    def __str__(self) -> str:
        if self.is_end:
            return f"the end of {self.thread}"
        if self.is_call or self.kind == "nothing":
            return self.kind
        number = f" #{self.number}" if self.number is not None else ""
        return (
            f"the {self.kind} made at {self.made_at}{number}" if self.made_at else f"a {self.kind}"
        )


@dataclass(frozen=True)
class Step:
    """One access to shared state, or one blocking call.

    ``action`` is ``reads``, ``writes``, ``takes``, ``finds locked``, ``finds free``,
    ``waits for`` or another verb; ``what`` names the attribute, variable or container,
    or is the thing, such as a lock; ``value`` is the ``repr`` of what was read or written, or None.
    If every step is kept, also ``frees``, ``sleeps`` (``until 5 s``) and ``prints`` (what was
    written at once; ``print`` does so several times). Things have numbers then, and a wait has its
    event, semaphore or queue instead of the call.
    """

    thread: str
    action: str
    what: str | Thing
    value: str | None
    place: Place | None
    time_s: float


@dataclass(frozen=True)
class Turn:
    """One decision of a run: the thread that was chosen, and what was done until the next one.

    ``steps`` counts the steps of :class:`Run` that belong to it, also those of a thread that it
    started. ``after`` has the numbers, from 0, of the turns that must come before it in every
    order with the same result; what follows from others of them is left out.
    """

    thread: str
    steps: int
    after: list[int]


@dataclass(frozen=True)
class Printed:
    """Text that one thread wrote to standard output or error at one virtual moment."""

    thread: str
    name: str
    time_s: float
    text: str
    stream: str = "stdout"


@dataclass(frozen=True)
class Failure:
    """An exception: its type, its text, and where in the program it was raised.

    ``type_name`` is the qualified name of the class (``ValueError``, ``errors.Refused``);
    ``bases`` the names of its base classes up to ``BaseException``, itself first.
    """

    type_name: str
    message: str
    bases: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True)
class Wait:
    """Why a thread cannot go on.

    ``what`` is the thing waited for;
    ``held_by`` is the letter of the thread that would have to act, or None when nobody can
    any more; ``held_since`` is where that thread took it.
    """

    thread: str
    name: str
    what: Thing
    place: Place | None
    held_by: str | None
    held_since: Place | None


@dataclass(frozen=True)
class Spin:
    """A loop that a thread went round without anything having changed: a busy wait."""

    thread: str
    name: str
    place: Place


@dataclass(frozen=True)
class Span:
    """What a thread did from ``start_s`` to ``end_s`` of virtual time.

    ``state`` is ``running``, ``sleeping`` or ``waiting``; ``what`` says for what it waited.
    """

    thread: str
    state: str
    start_s: float
    end_s: float
    what: Thing | None
    place: Place | None


@dataclass(frozen=True)
class ThreadInfo:
    """A thread of the run: its letter, name, and how it was made, by whom and in which line."""

    letter: str
    name: str
    daemon: bool
    started_by: str | None
    ended_s: float | None
    started_at: Place | None = None
