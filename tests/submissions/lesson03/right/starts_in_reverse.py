# built: started from last to first; returned in order; map and operator
import threading
from collections.abc import Callable
from threading import Thread
from operator import attrgetter

def report() -> None:
    print(f'{threading.current_thread().name} : I am working..')

def who_worked(names: list[str | None]) -> list[str]:
    notes = [''] * len(names)

    def note(place: int) -> None:
        notes[place] = threading.current_thread().name
    threads = [Thread(target=note, name=name, args=(i,)) for i, name in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes

def start_named(target, names):
    threads = list(map(lambda name: Thread(None, target, name), names))
    for thread in threads[::-1]:
        thread.start()
    return threads

def names_in_use():
    return set(map(attrgetter('name'), threading.enumerate()))
