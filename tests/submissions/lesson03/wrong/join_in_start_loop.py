# task: 2; reason: did not run at the same time
import threading
from threading import Thread


def report():
    print(f"{threading.current_thread().name} : I am working..")


def start_named(target, names):
    threads = []
    for name in names:
        thread = Thread(target=target, name=name)
        thread.start()
        thread.join()
        threads.append(thread)
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


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
