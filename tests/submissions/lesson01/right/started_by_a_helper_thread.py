# built: a helper thread starts the workers and is joined; Announcer hands print to Thread; list subclass
from collections.abc import Callable
from threading import Thread, current_thread


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


def start_workers(target, count):
    if not count >= 0:
        raise ValueError('a count of %d' % count)
    threads = Threads((Thread(target=target) for _ in range(count)))
    helper = Thread(target=threads.start)
    helper.start()
    helper.join()
    return threads


class Threads(list):

    def start(self):
        for each in self:
            each.start()


class Announcer(Thread):

    def __init__(self, text='This is a thread'):
        super().__init__(target=print, args=(text,), daemon=True)


def start_announcers(count):
    if count not in range(1000000):
        raise ValueError(count)
    announcers = Threads((Announcer() for _ in range(count)))
    announcers.start()
    return announcers


def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
