# task: 3; reason: who_worked() returned before every thread had noted
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


def who_worked(names):
    names = list(names)
    notes = [''] * len(names)

    def note():
        name = threading.current_thread().name
        notes[names.index(name) if name in names else names.index(None)] = name
    threads = [Thread(target=note, name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes


def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
