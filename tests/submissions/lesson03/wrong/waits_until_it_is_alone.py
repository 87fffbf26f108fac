# task: 3; reason: waited for a thread that it did not start
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
    notes = [''] * len(names)

    def note(place):
        notes[place] = threading.current_thread().name
    for i, name in enumerate(names):
        Thread(target=note, name=name, args=(i,)).start()
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and thread is not threading.current_thread():
            thread.join()
    return notes
