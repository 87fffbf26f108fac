# task: 3; reason: not in the order of the names
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
    notes = []

    def note():
        notes.append(threading.current_thread().name)

    threads = [Thread(target=note, name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
