# task: 3; reason: not its own
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

def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}

def who_worked(names):
    last, notes, threads = ([''], [], [])

    def note():
        last[0] = threading.current_thread().name
    for name in names:
        thread = Thread(target=note, name=name)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
        notes.append(last[0])
    return notes
