# task: 4; reason: is not the name of a living thread
import threading
from threading import Thread


def report():
    print(f"{threading.current_thread().name} : I am working..")


def start_named(target, names):
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def who_worked(names):
    notes = [""] * len(names)

    def note(place):
        notes[place] = threading.current_thread().name

    threads = [Thread(target=note, name=name, args=(i,)) for i, name in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes


_seen = set()


def names_in_use():
    _seen.update(thread.name for thread in threading.enumerate())
    return _seen
