"""Lesson 03: names. One possible solution."""

# Given: do not change.
import threading
from collections.abc import Callable
from threading import Thread


def report() -> None:
    """Print one line: the name of the thread that calls, then `` : I am working..``.

    In the main thread that is ``MainThread : I am working..``.
    """
    print(f"{threading.current_thread().name} : I am working..")


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
    # The name goes in when the thread is made: after start() the thread may already have run.
    # For None, Thread chooses a name itself.
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def who_worked(names: list[str | None]) -> list[str]:
    """Start one thread per name, let each note its own name from inside, and wait for all.

    Args:
        names: As for :func:`start_named`: None leaves Python's own name, and a name may come
            twice.

    Returns:
        The notes in the order of ``names``, whatever order the threads ran in. For None it is
        the name that Python gave to that thread. An empty list for no names.
    """
    # One place per thread, by number: a name is no key, two threads may have the same.
    notes = [""] * len(names)

    def note(place: int) -> None:
        notes[place] = threading.current_thread().name

    threads = [Thread(target=note, name=name, args=(i,)) for i, name in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes


def names_in_use() -> set[str]:
    """Return the names of all threads that are alive now, whoever started them.

    The main thread and daemon threads are among them. Threads that have ended, or have not
    been started, are not.
    """
    return {thread.name for thread in threading.enumerate()}
