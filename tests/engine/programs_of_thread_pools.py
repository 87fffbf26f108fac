"""Programs that use ``multiprocessing.pool.ThreadPool``; each is run under the engine."""

import threading
import time
from multiprocessing import TimeoutError as TooLate
from multiprocessing import dummy
from multiprocessing.pool import ThreadPool


class Counter:
    def __init__(self):
        self.n = 0
        self.lock = threading.Lock()

    def increment(self):
        self.n += 1

    def increment_locked(self):
        with self.lock:
            self.n += 1


def unlocked():
    shared = Counter()
    with ThreadPool(2) as pool:
        pool.map(lambda _: shared.increment(), range(2))
    return shared.n


def locked():
    shared = Counter()
    with ThreadPool(2) as pool:
        pool.map(lambda _: shared.increment_locked(), range(2))
    return shared.n


def many_at_a_time():
    shared = Counter()
    with ThreadPool(2) as pool:
        pool.map(lambda _: shared.increment(), range(4), chunksize=2)
    return shared.n


def queue_filled_by_the_library():
    shared = Counter()

    def look():
        seen.append(shared.lock.acquire(blocking=False))

    seen = []
    looking = threading.Thread(target=look)
    looking.start()
    with ThreadPool(1) as pool:
        pool.starmap(shared.lock.acquire, [(False,), (False,)], chunksize=2)
    looking.join()
    return seen


def one_worker():
    shared = Counter()
    with ThreadPool(1) as pool:
        pool.map(lambda _: shared.increment(), range(2))
    return shared.n


def sleeping():
    with ThreadPool(2) as pool:
        pool.map(time.sleep, [1, 1, 1])
    return time.monotonic()


def callbacks():
    shared, order = Counter(), []

    def store(number):
        shared.increment()
        order.append(number)

    with ThreadPool(2) as pool:
        for number in range(2):
            pool.apply_async(int, [number], callback=store)
        pool.close()
        pool.join()
    return shared.n, order


def first_error():
    with ThreadPool(2) as pool:
        try:
            pool.map(int, ["a", "b"])
        except ValueError as error:
            return str(error)


def error_of_a_call():
    with ThreadPool(1) as pool:
        return pool.apply(int, ["a"])


def error_in_a_callback():
    with ThreadPool(1) as pool:
        return pool.apply_async(int, callback=lambda number: 1 / number).get()


def looked_at():
    with ThreadPool(1) as pool:
        result = pool.apply_async(int)
        return result.ready()


def order_of_completion():
    with ThreadPool(2) as pool:
        return list(pool.imap_unordered(int, range(2)))


def order_of_tasks():
    with ThreadPool(2) as pool:
        return list(pool.imap(int, range(2)))


def tasks_that_come_late():
    shared = Counter()

    def tasks():
        for number in range(2):
            shared.increment()
            yield number

    with ThreadPool(1) as pool:
        numbers = list(pool.imap(int, tasks()))
        pool.close()
        pool.join()
    return shared.n, numbers


def tasks_that_never_end():
    with ThreadPool(1) as pool:
        gate = threading.Event()

        def tasks():
            yield 1
            gate.wait()
            yield 2

        found = next(pool.imap(int, tasks()))
        gate.set()
    return found


def terminated():
    with ThreadPool(1) as pool:
        result = pool.apply_async(int)
    return result.ready()


def asked_too_late():
    with ThreadPool(1) as pool:
        result = pool.apply_async(int)
    return result.get()


def asked_in_time():
    pool = ThreadPool(1)
    result = pool.apply_async(int)
    pool.close()
    pool.join()
    return result.get()


def with_timeout():
    with ThreadPool(1) as pool:
        try:
            return pool.apply_async(int).get(timeout=1)
        except TooLate:
            return "too late"


def closed():
    pool = ThreadPool(1)
    pool.close()
    return pool.map(int, [1])


def closed_meanwhile():
    pool = ThreadPool(1)
    closing = threading.Thread(target=pool.close)
    closing.start()
    try:
        result = pool.apply(int)
    except ValueError as error:
        result = str(error)
    closing.join()
    return result


def calls_with_several_arguments():
    with dummy.Pool(1) as pool:
        several = pool.starmap(max, [(1, 2), (4, 3)])
        return several, pool.map_async(abs, [-1]).get(), pool.map(abs, [])


def processes_that_are_threads():
    shared = Counter()
    processes = [dummy.Process(target=shared.increment) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return shared.n
