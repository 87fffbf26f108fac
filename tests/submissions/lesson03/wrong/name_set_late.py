# task: 3; reason: a name that is not its own
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

    threads = [Thread(target=note, args=(i,)) for i in range(len(names))]
    for thread, name in zip(threads, names):
        thread.start()
        if name is not None:
            thread.name = name
    for thread in threads:
        thread.join()
    return notes


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
