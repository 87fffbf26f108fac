# task: 3; reason: asked for their name themselves
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
    threads = [Thread(target=print, name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [thread.name for thread in threads]
