# built: a dict by thread, filled with setdefault; joins in reverse; the line through str.join
import threading
from collections.abc import Callable
from threading import Thread


def report():
    print(' : '.join([threading.current_thread().name, 'I am working..']))


def start_named(target: Callable[[], object], names: list[str | None]) -> list[Thread]:
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def who_worked(names):
    notes = {}

    def note():
        me = threading.current_thread()
        notes.setdefault(me, me.name)
    threads = [Thread(None, note, name) for name in names]
    for thread in reversed(threads):
        thread.start()
    for thread in reversed(threads):
        thread.join()
    return [notes.pop(thread) for thread in threads]


def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
