# built: Announcer made by type(); threads started by an ExitStack callback; a generator for the list
from collections.abc import Callable
from threading import Thread, current_thread


def work() -> None:
    print('I am working..')


class Witness(Thread):
    ran_in = ''

    def run(self) -> None:
        self.ran_in = current_thread().name


def _begun(threads):
    for thread in threads:
        thread.start()
        yield thread


def start_workers(target, count):
    if count < 0:
        raise ValueError('not a count', count)
    return list(_begun((Thread(target=target) for _ in range(count))))


Announcer = type('Announcer', (Thread,), {'run': lambda self: print('This is a thread')})


def start_announcers(count):
    if count < 0:
        raise ValueError('not a count', count)
    return [*_begun([Announcer() for _ in range(count)])]


def run_and_start() -> tuple[str, str]:
    called = Witness()
    called.run()
    started = Witness(name='started')
    started.start()
    started.join()
    return (called.ran_in, started.ran_in)
