# task: 2; reason: changed an args
from threading import Thread


def work(number):
    print(f"{number} : I am working..")


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    threads = [Thread(target=target, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    return threads


def start_calls(target, calls):
    def run(args, kwargs):
        target(*list(args), **dict(kwargs))

    threads = [Thread(target=run, args=call) for call in calls]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):
    def __init__(self, args=(), **others):
        super().__init__(**others)
        self.pair = args

    def run(self):
        print(f"{self.pair[0]} {self.pair[1]}: This is a thread")
