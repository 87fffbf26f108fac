# task: 4; reason: a later call changed this one
import threading
from collections.abc import Callable
from threading import Thread

def report() -> None:
    print(f'{threading.current_thread().name} : I am working..')

def start_named(target: Callable[[], object], names: list[str | None]) -> list[Thread]:
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads

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
_names = set()

def names_in_use():
    _names.clear()
    _names.update((thread.name for thread in threading.enumerate()))
    return _names
