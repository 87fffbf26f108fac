# built: functools.partial; the arguments that Thread keeps itself
from functools import partial
from threading import Thread


def work(number):
    print(f"{number} : I am working..")


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    threads = [Thread(target=partial(target, i)) for i in range(count)]
    for thread in threads:
        thread.start()
    return threads


def start_calls(target, calls):
    threads = [Thread(target=partial(target, *args, **kwargs)) for args, kwargs in calls]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):
    def run(self):
        print("{} {}: This is a thread".format(*self._args))
