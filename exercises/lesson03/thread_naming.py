"""Lesson 03: names. Fill in the four TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
import threading
from collections.abc import Callable
from threading import Thread


def report() -> None:
    """Print one line: the name of the thread that calls, then `` : I am working..``.

    In the main thread that is ``MainThread : I am working..``.
    """
    # TODO 1: find out who is calling, and print the line.
    raise NotImplementedError("TODO 1 in exercises/lesson03/thread_naming.py")


def start_named(target: Callable[[], object], names: list[str | None]) -> list[Thread]:
    """Start one thread per name; each runs ``target``, and all run at the same time.

    A thread has its name from its beginning: ``target`` finds it, and so does everyone who
    looks at a returned thread.

    Args:
        target: A function without arguments.
        names: The names, in order. None leaves the name that Python gives a thread, such as
            ``Thread-7 (target)``. A name may come twice; then two threads have it.

    Returns:
        The started threads, in the order of ``names``. An empty list for no names.
    """
    # TODO 2: a thread for each name, named before anybody can look, and started.
    raise NotImplementedError("TODO 2 in exercises/lesson03/thread_naming.py")


def who_worked(names: list[str | None]) -> list[str]:
    """Start one thread per name, let each note its own name from inside, and wait for all.

    Args:
        names: As for :func:`start_named`: None leaves Python's own name, and a name may come
            twice.

    Returns:
        The notes in the order of ``names``, whatever order the threads ran in. For None it is
        the name that Python gave to that thread. An empty list for no names.
    """
    # TODO 3: each thread asks for its own name; bring the notes into order, and wait.
    raise NotImplementedError("TODO 3 in exercises/lesson03/thread_naming.py")


def names_in_use() -> set[str]:
    """Return the names of all threads that are alive now, whoever started them.

    The main thread and daemon threads are among them. Threads that have ended, or have not
    been started, are not.
    """
    # TODO 4: ask Python which threads are alive at this moment.
    raise NotImplementedError("TODO 4 in exercises/lesson03/thread_naming.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 3
    report()
    start_named(report, ["first", None, "third"])
    print("who worked:", who_worked(["a", "b", None]))
    print("names in use:", names_in_use())
