# built: notes as (place, name) with insort; a Semaphore counts who is done; names from ident
import threading
from collections.abc import Callable
from threading import Thread
from bisect import insort
from threading import Lock, Semaphore


def report() -> None:
    print(f'{threading.current_thread().name} : I am working..')


def start_named(target, names):
    threads = []
    for name in names:
        thread = Thread(target=target, name=name, daemon=False)
        threads.append(thread)
    while True:
        try:
            next((t for t in threads if t.ident is None)).start()
        except StopIteration:
            return threads


def who_worked(names):
    done, lock, notes = (Semaphore(0), Lock(), [])

    def note(place):
        with lock:
            insort(notes, (place, threading.current_thread().name))
        done.release()
    for place in range(len(names)):
        Thread(target=note, name=names[place], args=(place,)).start()
    for _ in names:
        done.acquire()
    return [name for _place, name in notes]


def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
