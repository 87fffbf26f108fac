"""Programs for the engine's tests; each is a function of its own, run under the engine."""

import queue
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Thread


class Counter:
    def __init__(self):
        self.n = 0

    def increment(self):
        self.n += 1


class LockedCounter(Counter):
    def __init__(self):
        super().__init__()
        self.lock = Lock()

    def increment(self):
        with self.lock:
            self.n += 1


class SemaphoreCounter(Counter):
    def __init__(self, permits):
        super().__init__()
        self.permits = threading.Semaphore(permits)

    def increment(self):
        with self.permits:
            self.n += 1


def run_together(*bodies):
    threads = [Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def counting(counter, threads, increments):
    """Return a program that increments a counter made by ``counter()``."""

    def program():
        shared = counter()

        def work():
            for _ in range(increments):
                shared.increment()

        run_together(*[work] * threads)
        return shared.n

    return program


def self_deadlock():
    lock = Lock()
    lock.acquire()
    lock.acquire()


def missing_release():
    lock = Lock()

    def work():
        lock.acquire()

    run_together(work, work)


def opposite_locks():
    first, second = Lock(), Lock()

    def forwards():
        with first, second:
            pass

    def backwards():
        with second, first:
            pass

    run_together(forwards, backwards)


def sleeping_for_join():
    done = []

    def work():
        time.sleep(1)
        done.append("work")

    Thread(target=work).start()
    time.sleep(2)
    return list(done)


def check_then_act():
    seats, sold = [1], []

    def sell():
        if seats[0] > 0:
            seats[0] -= 1
            sold.append("ticket")

    run_together(sell, sell)
    return len(sold)


def closure_counter():
    n = 0
    lock = Lock()

    def work():
        nonlocal n
        for _ in range(2):
            with lock:
                n += 1

    run_together(work, work)
    return n


def emptying_a_queue():
    shared, got = queue.Queue(), []

    def consume():
        while not shared.empty():
            got.append(shared.get())

    for number in range(2):
        shared.put(number)
    run_together(consume, consume)
    return sorted(got)


def event_hand_over():
    ready, box = threading.Event(), []

    def receive():
        ready.wait()
        box.append("received")

    thread = Thread(target=receive)
    thread.start()
    box.append("sent")
    ready.set()
    thread.join()
    return box


def condition_hand_over():
    condition, box, got = threading.Condition(), [], []

    def receive():
        with condition:
            condition.wait_for(lambda: box)
            got.append(box[0])

    def send():
        with condition:
            box.append("letter")
            condition.notify()

    run_together(receive, send)
    return got


def forgotten_condition():
    condition, box = threading.Condition(), []

    def receive():
        with condition:
            condition.wait()

    def send():
        with condition:
            box.append("letter")
            condition.notify()

    run_together(receive, send)


def pool_of_three():
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(lambda number: number * number, range(3)))


def spinning_for_ever():
    flag = []
    while not flag:
        pass


def waiting_in_turns():
    """Timeouts and sleeps; takes 3.5 virtual seconds."""
    event = threading.Event()
    assert event.wait(1.5) is False
    time.sleep(2)
    return time.monotonic()


def sleeping_side_by_side():
    def work():
        time.sleep(1)
        print("done")

    run_together(*[work] * 3)
    return time.perf_counter()


def daemon_and_not():
    def tick():
        for _ in range(4):
            print("tick")
            time.sleep(0.5)

    Thread(target=tick, daemon=True, name="daemon").start()

    def short():
        time.sleep(0.75)
        print("short")

    Thread(target=short, name="short").start()
    return "returned"


def raising_thread():
    def work():
        raise ValueError("no good")

    run_together(work)
    return "main went on"


def leaving():
    sys.exit(3)


def busy_wait_for_end():
    thread = Thread(target=lambda: time.sleep(1))
    thread.start()
    while thread.is_alive():
        pass
    return time.monotonic()


def counting_down_alone():
    count = 2_000
    while count:
        count -= 1
    return count


def taking_back_from_a_queue():
    """A loop that changes only what a library object holds: not a busy wait."""
    shared = queue.Queue()
    for _ in range(3):
        shared.put("same")
    while True:
        try:
            shared.get_nowait()
        except queue.Empty:
            return "emptied"


def forgotten_condition_alone():
    condition = threading.Condition()
    with condition:
        condition.wait()


def sleeping_for_years():
    time.sleep(1e8)


def stubborn_daemon():
    def stubborn():
        while True:
            try:
                time.sleep(1)
            except BaseException:
                continue

    Thread(target=stubborn, daemon=True, name="stubborn").start()


def polling_two_ends():
    """A loop whose condition is compiled to two jumps, on 3.11."""
    first = Thread(target=time.sleep, args=(1,))
    second = Thread(target=time.sleep, args=(2,))
    first.start()
    second.start()
    while first.is_alive() or second.is_alive():
        time.sleep(0.5)
    return time.monotonic()


def two_conditions_spinning():
    first, second = [], []
    while not first or not second:
        pass
