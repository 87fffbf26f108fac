# built: a function that makes the function; keyword argument for the number
from threading import Thread


def work(number):
    print(f"{number} : I am working..")


def starter(function, *args, **kwargs):
    def run():
        return function(*args, **kwargs)

    thread = Thread(target=run)
    thread.start()
    return thread


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f"{count=}")
    return [starter(target, number) for number in range(count)]


def start_calls(target, calls):
    return [starter(target, *args, **kwargs) for args, kwargs in calls]


class PairThread(Thread):
    def __init__(self, *positional, args=(), **keywords):
        super().__init__(*positional, args=args, **keywords)
        self._pair = list(args)

    def run(self):
        left, right = self._pair
        print(left, right, end=": This is a thread\n")
