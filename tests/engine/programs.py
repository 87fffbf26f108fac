"""Programs for the engine's tests; each is a function of its own, run under the engine."""

import queue
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Lock, Thread


class Counter:
    def __init__(self):
        self.n = 0

    def increment(self):
        self.n += 1


class MatchingCounter(Counter):
    """Reads by a pattern with the name of the attribute."""

    def increment(self):
        match self:
            case Counter(n=found):
                self.n = found + 1


class PositionalCounter(Counter):
    """Reads by a pattern with a place of ``__match_args__``."""

    __match_args__ = ("n",)

    def increment(self):
        match self:
            case PositionalCounter(found):
                self.n = found + 1


class ItemCounter(Counter):
    """Keeps its number in a dict, and reads it by a pattern."""

    def __init__(self):
        self.numbers = {"n": 0}

    @property
    def n(self):
        return self.numbers["n"]

    def increment(self):
        match self.numbers:
            case {"n": found}:
                self.numbers["n"] = found + 1


class StarredCounter(Counter):
    """Keeps its number in a list, and reads it by a starred assignment."""

    def __init__(self):
        self.numbers = [0]

    @property
    def n(self):
        return self.numbers[0]

    def increment(self):
        first, *_others = self.numbers
        self.numbers[0] = first + 1


class HeldCounter(Counter):
    """Keeps its number in a container of another kind."""

    def __init__(self, container):
        self.numbers = container

    @property
    def n(self):
        return self.numbers[0]

    def increment(self):
        self.numbers[0] += 1


class SettingCounter(Counter):
    """Writes its number by the setter of a property."""

    def __init__(self):
        self.number = 0

    @property
    def n(self):
        return self.number

    @n.setter
    def n(self, number):
        self.number = number


class LengthCounter(Counter):
    """Is as large as a list is long, which a pattern looks at."""

    def __init__(self):
        self.items = []

    @property
    def n(self):
        return len(self.items)

    def increment(self):
        match self.items:
            case []:
                self.items.append("first")
            case [*_others]:
                self.items.extend(["more", "and more"])


class LockedCounter(Counter):
    def __init__(self):
        super().__init__()
        self.lock = Lock()

    def increment(self):
        with self.lock:
            self.n += 1


class Adder:
    """Its method is called as one of a set, which is no reason to take it for one."""

    def __init__(self):
        self.n = 0

    def add(self):
        self.n += 1


class LockedAdder(Adder):
    def __init__(self):
        super().__init__()
        self.lock = Lock()

    def increment(self):
        with self.lock:
            super().add()


class AdderWithNames(LockedAdder):
    def increment(self):
        with self.lock:
            super(LockedAdder, self).add()


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


def each_taking_twice():
    lock = Lock()

    def work():
        with lock, lock:
            pass

    run_together(work, work)


def putting_at_last():
    full = queue.Queue(1)

    def work():
        try:
            full.put(1)
            full.put(2)
        finally:
            full.put(3)

    run_together(work)


def ended_getter():
    items = queue.Queue(1)

    def work():
        raise ValueError(f"no good: {items.get()}")

    Thread(target=work, name="getter").start()
    for number in range(3):
        items.put(number)


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


def values_of_their_own():
    own = threading.local()
    own.n = 7

    def work():
        own.n = 0
        own.n += 1

    run_together(work, work)
    return own.n


def check_then_act():
    seats, sold = [1], []

    def sell():
        if seats[0] > 0:
            seats[0] -= 1
            sold.append("ticket")

    run_together(sell, sell)
    return len(sold)


class Desk:
    def __init__(self, seats):
        self.seats = seats

    def sell(self):
        if self.seats > 0:
            self.seats -= 1
            return True
        return False


class Told:
    answer = None


def last_seat():
    desk, a, b = Desk(1), Told(), Told()

    def sell_to(told):
        told.answer = desk.sell()

    run_together(lambda: sell_to(a), lambda: sell_to(b))
    return [a.answer, b.answer]


_total = 0


def global_counter():
    global _total
    _total = 0

    def work():
        global _total
        _total += 1

    run_together(work, work)
    return _total


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


def event_set_and_cleared():
    """Who comes to wait after the clear has missed the set, and waits for ever."""
    ready, box = threading.Event(), [""]

    def receive():
        if not box[0]:
            ready.wait()
        box.append("went on")

    thread = Thread(target=receive)
    thread.start()
    box[0] = "sent"
    ready.set()
    ready.clear()
    thread.join()
    return box


def event_set_twice():
    """Who waits goes on after the first ``set`` already, though there is a second."""
    ready, box, got = threading.Event(), [], []

    def write():
        box.append("written")
        ready.set()

    def receive():
        ready.wait()
        got.append(len(box))

    run_together(write, ready.set, receive)
    return got


def method_of_the_library_as_target():
    """A thread may have nothing to do but to call a method of the library."""
    ready = threading.Event()
    thread = Thread(target=ready.set)
    thread.start()
    ready.clear()
    thread.join()
    return ready.is_set()


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


def released_too_often():
    """Two releases of one permit: one of them is too many, and either may be that."""
    permits, died = threading.BoundedSemaphore(1), []
    permits.acquire()

    def release(name):
        try:
            permits.release()
        except ValueError:
            died.append(name)

    run_together(lambda: release("A"), lambda: release("B"))
    return died


def pool_of_two():
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda number: number * number, range(2)))


def pool_that_shares():
    """Three tasks on two workers: the third can meet the first only on the other worker."""
    counter = Counter()

    def nothing():
        pass

    with ThreadPoolExecutor(2) as pool:
        for task in (counter.increment, nothing, counter.increment):
            pool.submit(task)
    return counter.n


def pool_looked_at():
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(Counter)
        return future.done()


def pool_cancelled():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(Counter)
        return pool.submit(Counter).cancel()


def pool_with_timeout():
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(Counter)
        try:
            return future.result(timeout=1).n
        except TimeoutError:
            return "too late"


def pool_called_back():
    called = []
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(Counter)
        future.add_done_callback(lambda _future: called.append(threading.current_thread().name))
    return called


def pool_in_order_of_completion():
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(int, number) for number in range(2)]
        return [future.result() for future in as_completed(futures)]


def pool_with_error():
    with ThreadPoolExecutor(1) as pool:
        try:
            return pool.submit(int, "no number").result()
        except ValueError:
            return "no number"


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


def burning_daemon():
    def burn():
        count = 0
        while True:
            count += 1

    Thread(target=burn, daemon=True, name="burning").start()
    time.sleep(1)
    return time.monotonic()


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


def set_then_write():
    """What is written after an event was set can come after what its waiter does."""
    event, box, other = threading.Event(), [0], [0]

    def write():
        event.set()
        box[0] = 1

    def count():
        other[0] += 1

    threads = Thread(target=write), Thread(target=count)
    for thread in threads:
        thread.start()
    event.wait()
    other[0] += 1
    seen = box[0]
    for thread in threads:
        thread.join()
    return [seen, other[0]]


def cancelled_timer():
    fired = []
    timer = threading.Timer(1, fired.append, [1])
    timer.start()
    timer.cancel()
    timer.join()
    return fired


def philosophers(ordered):
    """Return a program of three philosophers and three forks."""

    def program():
        forks = [Lock() for _ in range(3)]

        def dine(first, second):
            with first, second:
                pass

        seats = [(n, (n + 1) % 3) for n in range(3)]
        if ordered:
            seats = [tuple(sorted(seat)) for seat in seats]
        run_together(*[lambda a=a, b=b: dine(forks[a], forks[b]) for a, b in seats])

    return program


def consumers(workers, items):
    """Return a program whose daemon workers take items from a queue until it is joined."""

    def program():
        shared, done = queue.Queue(), []

        def work():
            while True:
                done.append(shared.get())
                shared.task_done()

        for _ in range(workers):
            Thread(target=work, daemon=True).start()
        for item in range(items):
            shared.put(item)
        shared.join()
        return sorted(done)

    return program


def early_fault():
    """A fault in the first step, before many that race too: depth first comes to it last."""
    owners, counter = [], Counter()

    def work(name):
        if not owners:
            owners.append(name)
        for _ in range(6):
            counter.increment()

    run_together(lambda: work("A"), lambda: work("B"))
    return len(owners)


def kinds_of_library_use():
    """What a thread reads of the library's objects without taking a lock."""
    barrier = threading.Barrier(2)
    simple = queue.SimpleQueue()
    seen = []

    def work():
        simple.put(1)
        barrier.wait()

    thread = Thread(target=work)
    thread.start()
    seen.append((simple.qsize(), barrier.n_waiting, threading.active_count()))
    barrier.wait()
    thread.join()
    return seen
