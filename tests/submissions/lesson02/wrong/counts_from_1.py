# task: 1; reason: its threads called it with [[1], [2], [3], [4]]
from threading import Thread


def work(number):
    print(f"{number} : I am working..")


def start_numbered(target, count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    threads = [Thread(target=target, args=(i,)) for i in range(1, count + 1)]
    for thread in threads:
        thread.start()
    return threads


def start_calls(target, calls):
    threads = []
    for args, kwargs in calls:
        thread = Thread(target=target, args=tuple(args), kwargs=dict(kwargs))
        thread.start()
        threads.append(thread)
    return threads


class PairThread(Thread):
    def __init__(self, args=(), **others):
        super().__init__(**others)
        self.pair = args

    def run(self):
        print(f"{self.pair[0]} {self.pair[1]}: This is a thread")
