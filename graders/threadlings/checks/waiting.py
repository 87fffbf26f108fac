"""Waits: nobody burns time in one, and it ends at the very moment at which it can.

Moments are virtual seconds from the beginning of the run.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..engine import Run, simulate
from ..feedback import busy_waits, describe
from ..language import Text, lines, said
from .promises import Broken, ended_well, nothing_wrong

EXACT_S = 1e-6
"""Virtual time is exact but for rounding: who looks every so often is later than this."""

POLLING_S = 0.1
"""How late a call may be that may ask again and again: such a one is a little late."""

MOST_NAMED = 3
"""How many threads that do the same are named in a message."""

_OURS = "<check>"
"""What the lines of a scenario are called in a run."""


def told_s(moment_s: float) -> str:
    """Return how to write a moment, or how long something took: ``31.5 s``."""
    return f"{round(moment_s, 3):g} s"


def errors_first(run: Run) -> Run:
    """Return the run without what is only the consequence of an error in it."""
    if run.error or run.uncaught:
        return replace(run, deadlock=[], livelock=[], exhausted=False)
    return replace(run, livelock=run.livelock[:MOST_NAMED], busy_waits=run.busy_waits[:MOST_NAMED])


def only_waited(run: Run, name: str | Text) -> Any:
    """Require that a program ended well and that nobody burnt time in it.

    Args:
        run: A simulation.
        name: What is to blame if somebody did: ``wait_briefly()``.
    Returns:
        What the program returned.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If it did not end well, or somebody burnt time.
    """
    run = errors_first(run)
    if run.exhausted:
        raise Broken(
            "{name} still went round and round after very many turns\n"
            "  who waits need not look again and again\n"
            "{describe}",
            name=name,
            describe=describe(run),
        )
    value = ended_well(run)
    if run.busy_waits:
        raise Broken(
            "{name} waits by burning time\n{busy_waits}",
            shown_by=run,
            name=name,
            busy_waits=busy_waits(run),
        )
    return value


def waits_of_ours(run: Run) -> dict[str, str]:
    """Return which threads wait for ever in a line of the scenario: letter and function of each."""
    places = {wait.thread: wait.place for wait in run.deadlock}
    return {name: at.function for name, at in places.items() if at and at.file == _OURS}


def waits_of_students(run: Run) -> Text:
    """Return who waits for whom, in lines that are no scenario's; empty if nobody does."""
    ours = waits_of_ours(run)
    waits = [wait for wait in run.deadlock if wait.thread not in ours]
    return describe(replace(run, deadlock=waits[:MOST_NAMED])) if waits else Text()


def others_alive() -> list[str]:
    """Return the names of the threads that are alive beside the one that asks; to be carried."""
    import threading

    me = threading.current_thread()
    return [thread.name for thread in threading.enumerate() if thread is not me]


def wakings(run: Run) -> tuple[int, str]:
    """Return how often threads woke up from waits, and where most often; to be carried.

    Waits in lines of the scenario do not count. Who waits for a thing once wakes up once; who
    looks again and again whether something has changed does so very often.
    """
    from collections import Counter

    places = Counter(
        str(span.place) if span.place else "a line of the library"
        for span in run.timeline
        if span.state != "running" and (span.place is None or span.place.file != "<check>")
    )
    return places.total(), places.most_common(1)[0][0] if places else ""


def waits_for_a_thread(lesson: Any, name: str, calls: list[dict[str, Any]]) -> list[Run]:
    """Call a function that waits for a thread, but not for ever; to be made a scenario.

    Args:
        lesson: The student's module.
        name: The function, which takes the thread and a limit in seconds.
        calls: For each, how long the thread takes (``thread_s``), the limit (``seconds``), and
            after how many seconds the function is called (``after_s``).
    Returns:
        A run of each, whose value tells of ``answer``, ``took_s``, and how often the thread
        ``ended``.
    """

    def wait(thread_s: float, seconds: float, after_s: float = 0) -> Run:
        def program() -> dict[str, Any]:
            import time
            from threading import Thread

            ended = []

            def work() -> None:
                time.sleep(thread_s)
                ended.append("work")

            thread = Thread(target=work, daemon=True)
            thread.start()
            time.sleep(after_s)
            begin_s = time.monotonic()
            answer = getattr(lesson, name)(thread, seconds)
            took_s = time.monotonic() - begin_s
            thread.join()
            return {"answer": answer, "took_s": took_s, "ended": len(ended)}

        return simulate(program)

    return [wait(**call) for call in calls]


def require_answer(
    run: Run, name: str, *, thread_s: float, seconds: float, after_s: float = 0
) -> None:
    """Require of a run of :func:`waits_for_a_thread` its answer, as early as it can be known.

    That is True if the thread has ended in time, else False.

    Raises:
        Broken: If the answer is wrong, early or late, or time was burnt for it.
    """
    end = only_waited(run, f"{name}()")
    lasts_s = thread_s - after_s
    told = in_time(
        end,
        f"{name}(thread, {seconds})",
        lasts_s <= seconds,
        needed_s=max(0, min(lasts_s, seconds)),
        fact=said("the thread ended after {lasts_s} s", lasts_s=lasts_s)
        if lasts_s > 0
        else said("the thread had already ended"),
        polling_s=POLLING_S,
    )
    if not told and end["ended"] != 1:
        told = said("the thread did not go on to its end")
    nothing_wrong(told, shown_by=run)


def in_time(
    end: dict[str, Any],
    asked: str,
    expected: object,
    *,
    needed_s: float,
    fact: str | Text,
    polling_s: float = 0,
) -> Text:
    """Return what is wrong with the answer of a call that waits, but not for ever.

    Args:
        end: Its ``answer``, and how long it took (``took_s``).
        asked: The call, as it is written.
        expected: The right answer.
        needed_s: After how many seconds the answer can be known, and should come.
        fact: What shows that: what happened, and when.
        polling_s: How much later it may come.
    """
    answer, took_s = end["answer"], end["took_s"]
    name = asked.partition("(")[0]
    if answer is None:
        wrong = said("{name}() returned None, {expected!r} is right", name=name, expected=expected)
    elif took_s < needed_s - EXACT_S:
        wrong = said("{name}() did not wait until it could know the answer", name=name)
    elif took_s > needed_s + polling_s + EXACT_S:
        wrong = said(
            "{name}() waited too long: it could know the answer after {needed_s:.9g} s",
            name=name,
            needed_s=needed_s,
        )
    elif answer != expected:
        wrong = said(
            "{name}() should return {expected!r}, it returned {answer!r}",
            name=name,
            expected=expected,
            answer=answer,
        )
    else:
        return Text()
    return lines(
        wrong,
        said(
            "  {asked} returned {answer!r} after {took_s:.9g} s; {fact}",
            asked=asked,
            answer=answer,
            took_s=took_s,
            fact=fact,
        ),
    )
