# built: the started witness first, joined with a timeout in a loop; daemons; a lock around the list
from collections.abc import Callable
from threading import Thread, current_thread
from threading import Lock


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


_lock = Lock()


def start_workers(target, count):
    if count <= -1:
        raise ValueError(f'{count} workers cannot be started')
    threads = []
    with _lock:
        for number in range(count):
            threads.append(Thread(target=target, daemon=True, kwargs={}))
            threads[number].start()
    return threads


class Announcer(Thread):

    def run(self) -> None:
        print('This is a thread')


def start_announcers(count: int) -> list[Announcer]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    announcers = [Announcer() for _ in range(count)]
    for announcer in announcers:
        announcer.start()
    return announcers


def run_and_start():
    started = Witness(name='started', daemon=True)
    started.start()
    called = Witness()
    called.run()
    while started.is_alive():
        started.join(timeout=0.5)
    pair = (called.ran_in, started.ran_in)
    return pair
