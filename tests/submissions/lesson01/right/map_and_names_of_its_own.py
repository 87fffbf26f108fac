# built: map and itertools; threads with names; target wrapped to print before and after
from collections.abc import Callable
from threading import Thread, current_thread


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


def _loud(target):

    def run():
        print('begin')
        try:
            target()
        finally:
            print('end')
    return run


def start_workers(target, count):
    if count < 0:
        raise ValueError('count: {}'.format(count))
    threads = list(map(lambda n: Thread(None, _loud(target), f'worker {count - n}'), range(count)))
    any(map(Thread.start, threads))
    return threads


class Announcer(Thread):
    lines = ('This is a thread',)

    def run(self):
        import sys
        sys.stdout.write(self.lines[0] + '\n')


def start_announcers(count: int) -> list[Announcer]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    announcers = [Announcer() for _ in range(count)]
    for announcer in announcers:
        announcer.start()
    return announcers


def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
