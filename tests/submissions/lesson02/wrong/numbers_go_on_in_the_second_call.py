# task: 1; reason: should know nothing of an earlier one
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from itertools import count as count_from


def work(number: int) -> None:
    print(f'{number} : I am working..')


_numbers = count_from(0)


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f'count must not be negative: {count}')
    threads = [Thread(target=target, args=(next(_numbers),)) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def start_calls(target: Callable[..., object], calls: list[tuple[Sequence[Any], Mapping[str, Any]]]) -> list[Thread]:
    threads = [Thread(target=target, args=tuple(args), kwargs=dict(kwargs)) for args, kwargs in calls]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):

    def __init__(self, *, args: tuple[Any, Any]=(None, None), **others: Any) -> None:
        super().__init__(**others)
        self.pair = tuple(args)

    def run(self) -> None:
        first, second = self.pair
        print(f'{first} {second}: This is a thread')
