"""What one run of a program was: plain data, equal in every process.

Everything here can be pickled, compared, and turned into JSON by :meth:`Run.as_data`.
Threads are called by their letter: ``m`` is the main thread, ``A`` the first thread
that was started, ``B`` the second, and so on. A place in a file is its name and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from types import CodeType
from typing import Any

MAIN = "m"


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
class Step:
    """One access to shared state, or one blocking call.

    ``action`` is ``reads``, ``writes``, ``takes``, ``finds locked``, ``finds free``,
    ``waits for`` or another verb; ``what`` names the attribute, variable, container or lock;
    ``value`` is the ``repr`` of what was read or written, or None where there is none.
    If every step is kept, also ``frees``, ``sleeps`` (``until 5 s``) and ``prints`` (what was
    written at once; ``print`` does so several times). The locks that a thread made in one line
    have numbers then, ``the lock made at locks.py:9 #2``, and a wait has the name of its event,
    semaphore or queue instead of that of the call.
    """

    thread: str
    action: str
    what: str
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

    ``what`` names the thing waited for (``the lock made at locks.py:9``, ``the end of B``);
    ``held_by`` is the letter of the thread that would have to act, or None when nobody can
    any more; ``held_since`` is where that thread took it.
    """

    thread: str
    name: str
    what: str
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
    what: str | None
    place: Place | None


@dataclass(frozen=True)
class ThreadInfo:
    """A thread of the run: its letter, name, and how it was made."""

    letter: str
    name: str
    daemon: bool
    started_by: str | None
    ended_s: float | None


@dataclass
class Run:
    """The program under one schedule.

    Attributes:
        schedule: Who took each step, in letters; what :func:`replay` takes.
        value: What the program returned; None if it did not return.
        returned: True if the program returned (it may not: an error, a deadlock, the budget).
        error: The exception that left the program, if one did.
        uncaught: Exceptions that ended a thread other than the main one, by thread name.
        printed: What was printed, in order.
        alive: Names of the threads, main excepted, that were alive when the program returned.
        stopped: Names of the daemon threads that the interpreter's exit cut off.
        deadlock: Who waits for whom, one entry for each thread that waits; empty if nobody does.
        livelock: Who spins where, when nothing can change any more, or, of a run that was cut
            off, who was going round which loop; empty otherwise.
        busy_waits: Loops that burnt time instead of waiting, also when the program ended well.
        returned_s: Virtual seconds at which the program returned, or None.
        ended_s: Virtual seconds at which the interpreter would have exited.
        threads: Every thread, the main one first, then in order of creation.
        steps: The steps of ``schedule`` with what each did.
        turns: If the run was kept by a search, its decisions in order. They have the last of the
            steps; those before come before the first decision.
        timeline: Spans of every thread over virtual time.
        exhausted: True if the run was cut off by its step budget.
    """

    schedule: str = ""
    value: Any = None
    returned: bool = False
    error: Failure | None = None
    uncaught: dict[str, Failure] = field(default_factory=dict)
    printed: list[Printed] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    deadlock: list[Wait] = field(default_factory=list)
    livelock: list[Spin] = field(default_factory=list)
    busy_waits: list[Spin] = field(default_factory=list)
    returned_s: float | None = None
    ended_s: float = 0.0
    threads: list[ThreadInfo] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    timeline: list[Span] = field(default_factory=list)
    exhausted: bool = False

    @property
    def ending(self) -> Ending:
        """How the run ended, in one word; what it tells of is in the attribute of that name."""
        ways = {
            Ending.DEADLOCK: bool(self.deadlock),
            Ending.EXHAUSTED: self.exhausted,
            Ending.LIVELOCK: bool(self.livelock),
            Ending.ERROR: self.error is not None,
            Ending.THREAD_ERROR: bool(self.uncaught),
        }
        return next((ending for ending, is_so in ways.items() if is_so), Ending.VALUE)

    def lines(self, thread: str | None = None) -> list[str]:
        """Return the lines printed to standard output, by all threads or one letter."""
        text = "".join(
            part.text
            for part in self.printed
            if part.stream == "stdout" and thread in (None, part.thread)
        )
        return text.splitlines()

    def as_data(self) -> dict[str, Any]:
        """Return the run as dicts, lists, strings and numbers; ``value`` as it is."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        data["error"] = asdict(self.error) if self.error else None
        data["uncaught"] = {name: asdict(failure) for name, failure in self.uncaught.items()}
        for name in _PARTS:
            data[name] = [asdict(part) for part in data[name]]
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Run:
        """Return the run that :meth:`as_data` told of, also after a journey as JSON.

        Raises:
            MalformedError: If the data is not such a run.
        """
        with well_formed():
            fields = dict(data)
            fields["error"] = _failure(data["error"])
            fields["uncaught"] = {name: _failure(told) for name, told in data["uncaught"].items()}
            for name, kind in _PARTS.items():
                fields[name] = [kind(**_placed(part)) for part in data[name]]
            return cls(**fields)


_PARTS: dict[str, Any] = {
    "printed": Printed,
    "deadlock": Wait,
    "livelock": Spin,
    "busy_waits": Spin,
    "threads": ThreadInfo,
    "steps": Step,
    "turns": Turn,
    "timeline": Span,
}


def _placed(part: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Place(**value) if isinstance(value, dict) and "line" in value else value
        for name, value in part.items()
    }


def _failure(data: dict[str, Any] | None) -> Failure | None:
    return Failure(**{**_placed(data), "bases": tuple(data["bases"])}) if data else None
