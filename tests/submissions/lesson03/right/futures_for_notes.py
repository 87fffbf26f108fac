# built: a Future for each note; start_named through a subclass that is a context manager
import threading
from collections.abc import Callable
from threading import Thread
from concurrent.futures import Future


def report() -> None:
    print(f'{threading.current_thread().name} : I am working..')


class _Named(Thread):

    def __init__(self, work, name):
        super().__init__(**{} if name is None else {'name': name})
        self.work = work

    def run(self):
        return self.work()


def start_named(target, names):
    threads = [_Named(target, name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def who_worked(names):
    futures = [Future() for _ in names]

    def note(future):
        future.set_result(threading.current_thread().name)
    for name, future in zip(names, futures):
        Thread(target=note, args=[future], name=name).start()
    return [future.result() for future in futures]


def names_in_use():
    return {*[t.name for t in threading.enumerate()]}
