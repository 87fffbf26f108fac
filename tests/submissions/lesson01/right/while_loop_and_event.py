# built: while loops; waits for an Event that the witness sets; timers of 0 s are threads, too
from collections.abc import Callable
from threading import Thread, current_thread
from threading import Event, Timer


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


class Told(Witness):

    def __init__(self, *args, **kwargs):
        Witness.__init__(self, *args, **kwargs)
        self.over = Event()

    def run(self):
        super().run()
        self.over.set()


def start_workers(target, count):
    if count < 0:
        raise ValueError(str(count))
    threads = []
    while len(threads) < count:
        timer = Timer(0, target)
        timer.start()
        threads += [timer]
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
    first, second = (Told(), Told(name='started'))
    first.run()
    second.start()
    second.over.wait()
    return (first.ran_in, second.ran_in)
