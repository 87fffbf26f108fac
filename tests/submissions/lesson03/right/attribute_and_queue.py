# built: the name as an attribute before start(); notes through a Queue, sorted by their number
from queue import Queue
from threading import Thread, current_thread, enumerate as living_threads
import sys


def report() -> None:
    sys.stdout.write("%s : I am working..\n" % current_thread().name)
    sys.stdout.flush()


def _made(number, name, run):
    thread = Thread(target=run, args=(number,))
    if name is not None:
        thread.name = name
    return thread


def start_named(target, names):
    print("starting", len(names))
    threads = [_made(number, name, lambda _number: target()) for number, name in enumerate(names)]
    [thread.start() for thread in threads]
    return threads


def who_worked(names):
    notes = Queue()
    for number, name in enumerate(names):
        _made(number, name, lambda n: notes.put((n, current_thread().name))).start()
    return [name for _number, name in sorted(notes.get() for _ in names)]


def names_in_use():
    return frozenset(thread.name for thread in living_threads() if thread.is_alive())
