# task: 1; reason: a thread that begins late
from itertools import count as numbers_from
from threading import Thread


def work(number):
    print(f'{number} : I am working..')


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f'count must not be negative: {count}')
    threads = []
    numbers = numbers_from(0)

    def numbered():
        target(next(numbers))
    for _ in range(count):
        thread = Thread(target=numbered)
        thread.start()
        threads.append(thread)
    return threads


def start_calls(target, calls):
    threads = []
    for args, kwargs in calls:
        thread = Thread(target=target, args=tuple(args), kwargs=dict(kwargs))
        threads.append(thread)
        thread.start()
    return threads


class PairThread(Thread):

    def __init__(self, *, args=(), **rest):
        super().__init__(args=args, **rest)
        self.args = args

    def run(self):
        print('{} {}: This is a thread'.format(*self.args))
