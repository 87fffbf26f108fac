# task: 3; reason: noted the same name
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

    def note(name):
        notes[name] = threading.current_thread().name

    threads = [Thread(target=note, name=name, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [notes[name] for name in names]


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
