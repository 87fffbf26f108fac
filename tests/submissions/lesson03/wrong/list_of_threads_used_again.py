# task: 2; reason: changed by the second one
import threading
from collections.abc import Callable
from threading import Thread

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

def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
_threads = []

def start_named(target, names):
    _threads[:] = [Thread(target=target, name=name) for name in names]
    for thread in _threads:
        thread.start()
    return _threads
