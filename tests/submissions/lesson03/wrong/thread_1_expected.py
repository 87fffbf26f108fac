# task: 3; reason: the name that Python gave it
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
    notes = {}

    def note():
        notes[threading.current_thread().name] = True

    threads = [Thread(target=note, name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    number = 0
    found = []
    for name in names:
        if name is None:
            number += 1
            name = f"Thread-{number} (note)"
        found.append(name)
    return found


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
