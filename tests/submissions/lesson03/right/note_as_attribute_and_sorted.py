# built: each thread writes its note on itself; sorted by a key; every name asked through get_ident
import threading
from collections.abc import Callable
from threading import Thread


def report():
    ident = threading.get_ident()
    me, = [thread for thread in threading.enumerate() if thread.ident == ident]
    print(me.name, ':', 'I am working..')


def start_named(target: Callable[[], object], names: list[str | None]) -> list[Thread]:
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def who_worked(names):

    def note():
        me = threading.current_thread()
        me.noted = me.name
    threads = start_named(note, names)
    while threading.active_count() > 1 and any((t.is_alive() for t in threads)):
        for t in threads:
            t.join(0.1)
    return [t.noted for t in threads]


def names_in_use():
    return set((t.name for t in threading.enumerate() if t.ident is not None and t.is_alive()))
