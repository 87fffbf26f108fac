# task: 2; reason: what is not started does nothing
import threading
from threading import Thread


def report():
    print(f"{threading.current_thread().name} : I am working..")


def start_named(target, names):
    return [Thread(target=target, name=name) for name in names]


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


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
