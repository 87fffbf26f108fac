# built: a maker function for each number; deep copies; PairThread takes all by * and **
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
import copy


def work(number: int) -> None:
    print(f'{number} : I am working..')


def _numbered(target, number):

    def run():
        target(number)
    return run


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f'a count of {count}')
    threads = [Thread(target=_numbered(target, i)) for i in range(count)]
    [thread.start() for thread in threads]
    return threads


def start_calls(target, calls):
    calls = copy.deepcopy(calls)
    threads = []
    for call in calls:
        t = Thread(target=target, args=call[0], kwargs=call[1])
        t.start()
        threads.append(t)
    return threads


class PairThread(Thread):

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = kwargs.get('args', (None, None))

    def run(self):
        first, second = self.pair
        print(first, f'{second}: This is a thread')
