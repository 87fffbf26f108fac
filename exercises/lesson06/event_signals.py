"""Lesson 06: Event. Fill in the four TODOs; the page is README.md.

A second call of a function knows nothing of the first one.
"""

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
    # TODO 1: note that you wait, block until the event is set, note that it is.
    raise NotImplementedError("TODO 1 in exercises/lesson06/event_signals.py")


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
    # TODO 2: wait with a limit, and say which of the two happened.
    raise NotImplementedError("TODO 2 in exercises/lesson06/event_signals.py")


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
    # TODO 3: start a thread for each runner; each of them waits at the same gate first.
    raise NotImplementedError("TODO 3 in exercises/lesson06/event_signals.py")


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
        # TODO 4: keep what the steps need, and make what the methods and the thread share.
        raise NotImplementedError("TODO 4 in exercises/lesson06/event_signals.py")

    def start(self) -> None:
        """Start the thread. Called once, before the other methods."""
        # TODO 4: from here on the steps are taken, in a thread of their own.
        raise NotImplementedError("TODO 4 in exercises/lesson06/event_signals.py")

    def pause(self) -> None:
        """Let no further step begin until the worker is resumed.

        A step that is under way goes on to its end, and one that was just about to begin may
        still begin, but no more than that one. To pause a paused worker changes nothing: one
        ``resume`` is enough.
        """
        # TODO 4: hold the thread before its next step.
        raise NotImplementedError("TODO 4 in exercises/lesson06/event_signals.py")

    def resume(self) -> None:
        """Let a paused worker go on with the number at which it was held."""
        # TODO 4: let the thread go on.
        raise NotImplementedError("TODO 4 in exercises/lesson06/event_signals.py")

    def stop(self) -> None:
        """End the thread, also when it is paused, and return after it has ended.

        A step that is under way goes on to its end, and one that was just about to begin may
        still begin; none begins afterwards, and none that was held by a pause. Apart from a
        step under way, this takes one interval at most. To stop a second time is harmless.
        """
        # TODO 4: tell the thread to end, wherever it waits, and wait until it has ended.
        raise NotImplementedError("TODO 4 in exercises/lesson06/event_signals.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 6
    from time import sleep

    gate = start_gate([lambda: print("first goes"), lambda: print("second goes")])[1]
    sleep(0.5)
    print("the gate opens")
    gate.set()
    worker = PausableWorker(lambda i: print("step", i), 0.2)
    worker.start()
    sleep(0.5)
    worker.pause()
    print("paused for a second")
    sleep(1)
    worker.resume()
    sleep(0.5)
    worker.stop()
    print("stopped")
