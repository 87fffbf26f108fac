# built: the pair in a mangled attribute; default arguments; a while loop over an iterator
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any


def work(number: int) -> None:
    print(f'{number} : I am working..')


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f'at least 0 threads, not {count}')
    threads, number = ([], 0)
    while number < count:
        thread = Thread(target=lambda target=target, number=number: target(number))
        threads.append(thread)
        thread.start()
        number += 1
    return threads


def start_calls(target: Callable[..., object], calls: list[tuple[Sequence[Any], Mapping[str, Any]]]) -> list[Thread]:
    threads = [Thread(target=target, args=tuple(args), kwargs=dict(kwargs)) for args, kwargs in calls]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):

    def __init__(self, group=None, target=None, name=None, args=(None, None), kwargs=None, *, daemon=None):
        self.__pair = tuple(args)
        super().__init__(group=group, target=target, name=name, args=args, kwargs=kwargs, daemon=daemon)

    def run(self):
        print('{0[0]} {0[1]}: This is a thread'.format(self.__pair))
