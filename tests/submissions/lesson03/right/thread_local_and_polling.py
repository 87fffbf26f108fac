# built: polls with short sleeps instead of join; names looked up in a thread-local; dict views
import threading
import time
from functools import partial

_mine = threading.local()


def _my_name():
    _mine.name = threading.current_thread().name
    return _mine.name


def report():
    print(_my_name(), "I am working..", sep=" : ")


def start_named(target, names):
    threads = list(map(partial(threading.Thread, None, target), names))
    for thread in threads:
        thread.start()
    time.sleep(0.01)
    return threads


def who_worked(names):
    notes = [None] * len(names)

    def note(place):
        notes[place] = _my_name()

    for place, name in enumerate(names):
        threading.Thread(target=note, args=[place], name=name, daemon=True).start()
    while None in notes:
        time.sleep(0.02)
    return notes


def names_in_use():
    return {thread.name: thread for thread in threading.enumerate()}.keys()
