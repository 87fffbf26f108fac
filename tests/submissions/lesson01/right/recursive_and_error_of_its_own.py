# built: recursion; a subclass of ValueError; polls until the witness is over
from collections.abc import Callable
from threading import Thread, current_thread
import time


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


class NegativeError(ValueError):
    pass


def start_workers(target, count):
    if count < 0:
        raise NegativeError(count)
    if count == 0:
        return []
    threads = start_workers(target, count - 1)
    threads.append(Thread(target=target))
    threads[-1].start()
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
    first, second = (Witness(), Witness(name='started'))
    second.start()
    Thread.run
    first.run()
    while second.is_alive():
        time.sleep(0.01)
    return (first.ran_in, second.ran_in)
