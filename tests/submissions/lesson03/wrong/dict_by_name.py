# task: 2; reason: things in its list: 3
import threading
from threading import Thread


def report():
    print(f"{threading.current_thread().name} : I am working..")


def start_named(target, names):
    threads = {name: Thread(target=target, name=name) for name in names}
    for thread in threads.values():
        thread.start()
    return list(threads.values())


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
