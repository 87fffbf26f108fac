# task: 4; reason: was made and not started, and something runs already
"""Lesson 06: Event. One possible solution."""

# Given: do not change.
from collections.abc import Callable
from threading import Event, Thread


def wait_for_signal(event: Event, log: list[str]) -> None:
    """Wait until the event is set, and note it before and after.

    The event stays as it is: others may be waiting for it too.

    Args:
        event: Somebody else sets it, sooner or later; it may be set already.
        log: A list. Append ``wait for the event`` at once, and ``event set : True`` after the
            event was set. Both go to the end of this very list.
    """
    log.append("wait for the event")
    # wait returns the flag: True, since without a limit it only comes back when the event is set.
    log.append(f"event set : {event.wait()}")


def wait_briefly(event: Event, seconds: float) -> str:
    """Wait until the event is set, but not longer than ``seconds``.

    The function returns as soon as the event is set. The event stays as it is; somebody else may
    clear it, right after it was set or before the next call.

    Args:
        event: Somebody else may set it; it may be set already.
        seconds: The longest time to wait, in seconds, 0 or more.

    Returns:
        ``"set"`` if the event was set when you began to wait, or was set in time, even if it was
        cleared again right afterwards; ``"timeout"`` if it was not.
    """
    # With a limit wait comes back in both cases, and what it returns tells which it was.
    return "set" if event.wait(seconds) else "timeout"


def start_gate(runners: list[Callable[[], object]]) -> tuple[list[Thread], Event]:
    """Start a thread for each runner and hold them all until one event is set.

    The function returns at once. Nobody runs before the event is set; then all of them run at
    the same time.

    Args:
        runners: A list of functions without arguments. It may be empty, and a function may be in
            it twice: that makes two runners.

    Returns:
        The threads, started, one for each runner, in which the runners will run; and the one
        event that holds them all, not set. Each call makes an event of its own.
    """
    gate = Event()

    def run(runner: Callable[[], object]) -> None:
        gate.wait()
        runner()

    threads = [Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker:
    """A thread that takes a step every so often, and can be paused, resumed and stopped.

    It calls ``step(0)``, ``step(1)``, ``step(2)``, and so on, one after the other: no number is
    left out and none comes twice, however often the worker is paused and resumed.

    ``step(0)`` comes at once. The next step comes ``interval_s`` after the one before returned,
    or when the worker is resumed, whichever is later.

    While it waits, for the time of its next step or to be resumed, it only waits: it does not
    look again and again whether something has changed.

    Any thread may call any of the four methods: one may pause the worker and another one resume
    it. Workers know nothing of each other.
    """

    def __init__(self, step: Callable[[int], object], interval_s: float) -> None:
        """Prepare a worker; nothing runs yet.

        Args:
            step: Called with the number of the step. It may take a while; what it returns does
                not matter.
            interval_s: Seconds from the end of one step to the beginning of the next.
        """
        self._step = step
        self._interval_s = interval_s
        # Two questions, two events: may it go on, and shall it end? A thread can wait for either
        # without looking again and again; a bool it could only look at.
        self._going = Event()
        self._going.set()
        self._stopping = Event()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def start(self) -> None:
        """Start the thread. Called once, before the other methods."""

    def pause(self) -> None:
        """Let no further step begin until the worker is resumed.

        A step that is under way goes on to its end, and one that was just about to begin may
        still begin, but no more than that one. To pause a paused worker changes nothing: one
        ``resume`` is enough.
        """
        self._going.clear()

    def resume(self) -> None:
        """Let a paused worker go on with the number at which it was held."""
        self._going.set()

    def stop(self) -> None:
        """End the thread, also when it is paused, and return after it has ended.

        A step that is under way goes on to its end, and one that was just about to begin may
        still begin; none begins afterwards, and none that was held by a pause. Apart from a
        step under way, this takes one interval at most. To stop a second time is harmless.
        """
        # First the reason, then the signal: who wakes up must find out why.
        self._stopping.set()
        self._going.set()
        self._thread.join()

    def _run(self) -> None:
        number = 0
        while True:
            self._going.wait()
            # It may have been stop that let it go on; the step was held, so it must not begin.
            if self._stopping.is_set():
                return
            self._step(number)
            number += 1
            # The interval is a wait for the end with a limit: stop need not wait for a sleep.
            if self._stopping.wait(self._interval_s):
                return
