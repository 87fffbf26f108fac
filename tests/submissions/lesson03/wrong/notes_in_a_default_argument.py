# task: 3; reason: should know nothing of an earlier one
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


def who_worked(names, notes={}):

    def note(place):
        notes[place] = threading.current_thread().name
    threads = [Thread(target=note, args=(place,), name=name) for place, name in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [notes[place] for place in sorted(notes)]


def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
