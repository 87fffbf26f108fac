# built: match for None; keyword arguments in a dict
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

def start_named(target, names):
    threads = []
    for name in names:
        match name:
            case None:
                threads.append(Thread(target=target))
            case str():
                threads.append(Thread(target=target, name=name))
    for thread in threads:
        thread.start()
    return threads
