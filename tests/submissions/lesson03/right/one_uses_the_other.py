# built: who_worked by way of start_named; notes by thread, and a countdown instead of join
import threading
from operator import attrgetter
from typing import Callable, List, Optional, Set


def report() -> None:
    """Say who works."""
    print(f"{threading.current_thread().name} : I am working..", flush=True)


def start_named(target: Callable[[], object], names: List[Optional[str]]) -> List[threading.Thread]:
    def started(name):
        thread = threading.Thread(None, target, name)
        thread.start()
        return thread

    return [started(name) for name in names]


def who_worked(names: List[Optional[str]]) -> List[str]:
    notes = {}
    changed = threading.Condition()

    def note() -> None:
        me = threading.current_thread()
        with changed:
            notes[me] = me.name
            changed.notify_all()

    threads = start_named(note, names)
    with changed:
        changed.wait_for(lambda: len(notes) == len(names))
    return [notes[thread] for thread in threads]


def names_in_use() -> Set[str]:
    return set(map(attrgetter("name"), threading.enumerate()))
