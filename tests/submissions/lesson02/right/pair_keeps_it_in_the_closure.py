# built: PairThread hands Thread a lambda and keeps no attribute
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any

def work(number: int) -> None:
    print(f'{number} : I am working..')

def start_numbered(target: Callable[[int], object], count: int) -> list[Thread]:
    if count < 0:
        raise ValueError(f'count must be 0 or more, not {count}')
    threads = [Thread(target=target, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads

def start_calls(target: Callable[..., object], calls: list[tuple[Sequence[Any], Mapping[str, Any]]]) -> list[Thread]:
    threads = [Thread(target=target, args=tuple(args), kwargs=dict(kwargs)) for args, kwargs in calls]
    for thread in threads:
        thread.start()
    return threads

class PairThread(Thread):

    def __init__(self, *, args=(None, None), target=None, kwargs=None, **others):
        first, second = args
        super().__init__(**others)
        self.run = lambda: print(first, f'{second}: This is a thread')

    def run(self):
        raise AssertionError
