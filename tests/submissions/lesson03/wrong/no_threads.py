# task: 3; reason: should start one thread per name
import threading
from threading import Thread


def report():
    print(f"{threading.current_thread().name} : I am working..")


def start_named(target, names):
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def who_worked(names):
    return [name or "Thread-1" for name in names]


def names_in_use():
    return {thread.name for thread in threading.enumerate()}
