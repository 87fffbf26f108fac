"""A subclass of Thread that adds up squares, and a pool that maps them."""

import threading
from concurrent.futures import ThreadPoolExecutor


class Sum:
    def __init__(self):
        self.total = 0
        self.lock = threading.Lock()


class Adder(threading.Thread):
    def __init__(self, result, number):
        super().__init__()
        self.result = result
        self.number = number

    def run(self):
        square = self.number * self.number
        self.result.total += square


class LockedAdder(Adder):
    def run(self):
        square = self.number * self.number
        with self.result.lock:
            self.result.total += square


def start_and_join(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_adders(result):
    start_and_join([Adder(result, number) for number in (1, 2)])


def run_locked_adders(result):
    start_and_join([LockedAdder(result, number) for number in (1, 2)])


def adder_of_one(result):
    Adder(result, 1).run()


def adder_of_two(result):
    Adder(result, 2).run()


def locked_adder_of_one(result):
    LockedAdder(result, 1).run()


def locked_adder_of_two(result):
    LockedAdder(result, 2).run()


def add_locked(result, number):
    with result.lock:
        result.total += number * number


def use_pool(result):
    with ThreadPoolExecutor(2) as pool:
        for number in (1, 2):
            pool.submit(add_locked, result, number)


def add(result, number):
    result.total += number * number


def use_pool_unlocked(result):
    with ThreadPoolExecutor(2) as pool:
        for number in (1, 2):
            pool.submit(add, result, number)


def is_five(result):
    return result.total == 5
