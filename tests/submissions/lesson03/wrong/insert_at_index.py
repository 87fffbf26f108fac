# task: 3; reason: not in the order of the names
import threading


def report() -> None:
    print(f'{threading.current_thread().name} : I am working..')


def start_named(target, names) -> list[threading.Thread]:
    threads = []
    for name in names:
        t = threading.Thread(target=target, name=name)
        t.start()
        threads.append(t)
    return threads


def who_worked(names) -> list[str]:
    names = list(names)
    notes = []

    def note(i):
        notes.insert(i, threading.current_thread().name)
    threads = []
    for i, name in enumerate(names):
        t = threading.Thread(target=note, args=(i,), name=name)
        t.start()
        threads.append(t)
    for t in threads:
        t.join()
    return notes


def names_in_use() -> set[str]:
    return {t.name for t in threading.enumerate()}
