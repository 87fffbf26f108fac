# task: 3; reason: should have a name from Python
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

    def __init__(self, *, args, name=None, daemon=None, **others):
        super().__init__(daemon=daemon)
        self.name = str(name)
        self.pair = args

    def run(self):
        print(f'{self.pair[0]} {self.pair[1]}: This is a thread')
