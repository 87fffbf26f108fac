"""One small program for each primitive, for the engine's tests."""

import contextvars
import queue
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from threading import Thread


def started(target, *arguments, **options):
    """Return a thread that runs ``target(*arguments)``, started."""
    thread = Thread(target=target, args=arguments, **options)
    thread.start()
    return thread


def life_of_a_thread():
    seen = []
    thread = Thread(target=lambda: seen.append(threading.current_thread()), name="worker")
    before = (thread.name, thread.ident, thread.daemon, thread.is_alive())
    thread.start()
    thread.join()
    after = (thread.name, thread.ident == seen[0].ident, thread.is_alive(), seen == [thread])
    return before, after


def idents():
    found = []
    threads = [started(lambda: found.append(threading.get_ident())) for _ in range(3)]
    for thread in threads:
        thread.join()
    found.append(threading.get_ident())
    known = [thread.ident for thread in threads] + [threading.main_thread().ident]
    return len(set(found)), found == known


def daemon_is_inherited():
    inner = []
    outer = Thread(target=lambda: inner.append(Thread().daemon), daemon=True)
    outer.start()
    outer.join()
    return outer.daemon, inner, Thread().daemon


def join_in_time_and_not():
    thread = started(time.sleep, 3)
    thread.join(1)
    first = (thread.is_alive(), time.monotonic())
    thread.join(timeout=1)
    second = (thread.is_alive(), time.monotonic())
    thread.join()
    return first, second, (thread.is_alive(), time.monotonic())


def subclass_of_thread():
    class Square(Thread):
        def __init__(self, n):
            super().__init__(name=f"square of {n}")
            self.n = n
            self.result = None

        def run(self):
            time.sleep(self.n)
            self.result = self.n**2

    threads = [Square(n) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [(thread.name, thread.result) for thread in threads], time.monotonic()


def own_excepthook():
    told = []
    threading.excepthook = lambda args: told.append(
        (args.exc_type, str(args.exc_value), args.thread.name, args.exc_traceback is not None)
    )

    def fail():
        raise ValueError("no good")

    started(fail, name="failing").join()
    return told


def excepthook_that_fails():
    def hook(args):
        raise KeyError("hook")

    def fail():
        raise ValueError("no good")

    threading.excepthook = hook
    started(fail).join()
    return "main went on"


def leaving_a_thread():
    done = []

    def leave():
        done.append("before")
        sys.exit(3)
        done.append("after")

    thread = started(leave)
    thread.join()
    return done, thread.is_alive()


def timer_fires_and_is_cancelled():
    fired = []
    timers = [threading.Timer(n, lambda n=n: fired.append((n, time.monotonic()))) for n in (1, 2)]
    for timer in timers:
        timer.start()
    time.sleep(1.5)
    timers[1].cancel()
    for timer in timers:
        timer.join()
    return fired, time.monotonic()


def locals_of_threads():
    class WithDefault(threading.local):
        def __init__(self, start):
            self.n = start

    plain, subclass, seen = threading.local(), WithDefault(10), []
    plain.n = "main"

    def work(number):
        seen.append(hasattr(plain, "n"))
        plain.n, subclass.n = number, subclass.n + number
        time.sleep(1)
        seen.append((plain.n, subclass.n))

    for thread in [started(work, number) for number in (1, 2)]:
        thread.join()
    return seen, plain.n, subclass.n


def contexts_of_threads():
    variable = contextvars.ContextVar("variable", default="none")
    variable.set("main")
    context, seen = contextvars.copy_context(), []

    def work():
        variable.set("work")
        time.sleep(1)
        seen.append(variable.get())

    started(work).join()
    started(context.run, work).join()
    return seen, variable.get(), context[variable]


def default_context_of_a_thread():
    variable = contextvars.ContextVar("variable", default="none")
    variable.set("main")
    seen = []
    started(lambda: seen.append(variable.get())).join()
    return seen


def orders_of_queues():
    found = []
    for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
        items = kind()
        for item in (2, 3, 1):
            items.put(item)
        found.append([items.get() for _ in range(3)])
    return found


def queue_between_threads():
    items, taken = queue.Queue(maxsize=1), []

    def consume():
        while (item := items.get()) is not None:
            time.sleep(1)
            taken.append((item, time.monotonic()))
            items.task_done()

    consumer = started(consume)
    for item in "ab":
        items.put(item)
    items.join()
    items.put(None)
    consumer.join()
    return taken


def clocks():
    time.sleep(0.25)
    return {
        "monotonic": (time.monotonic(), time.monotonic_ns()),
        "perf_counter": (time.perf_counter(), time.perf_counter_ns()),
        "time": (time.time() - int(time.time()), time.time_ns() % 10**9),
        "process_time": (time.process_time(), time.process_time_ns()),
        "thread_time": (time.thread_time(), time.thread_time_ns()),
    }


def calendar():
    time.sleep(1)
    now = time.time()
    return {
        "gmtime": time.gmtime() == time.gmtime(now),
        "localtime": time.localtime() == time.localtime(now),
        "ctime": time.ctime() == time.ctime(now),
        "asctime": time.asctime() == time.ctime(now),
        "strftime": time.strftime("%H:%M:%S") == time.strftime("%H:%M:%S", time.localtime(now)),
        "moment": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()),
    }


def clocks_by_number():
    time.sleep(0.5)
    return time.clock_gettime(time.CLOCK_MONOTONIC), time.clock_gettime_ns(time.CLOCK_MONOTONIC)


def functions_as_attributes():
    class Worker:
        pause = time.sleep
        clock = time.monotonic
        new_lock = threading.Lock

    worker = Worker()
    worker.pause(1)
    with worker.new_lock():
        return worker.clock()


def printing():
    def say(word, after_s):
        time.sleep(after_s)
        print(word)
        print(word.upper(), file=sys.stderr)

    started(say, "b", 2, name="second")
    started(say, "a", 1, name="first")
    print("main")


def reentrant_lock():
    lock, order = threading.RLock(), []

    def work():
        with lock:
            order.append("other")

    with lock, lock:
        other = started(work)
        time.sleep(1)
        order.append("main")
    other.join()
    try:
        lock.release()
    except RuntimeError as error:
        return order, str(error)
    return order, None


def barrier_of_three():
    barrier, seen = threading.Barrier(3, action=lambda: seen.append("all")), []

    def work(number):
        time.sleep(number)
        seen.append(barrier.wait())

    for thread in [started(work, number) for number in (1, 2, 3)]:
        thread.join()
    return sorted(map(str, seen)), time.monotonic()


def broken_barrier():
    barrier = threading.Barrier(2)
    try:
        barrier.wait(timeout=1.5)
    except threading.BrokenBarrierError:
        return time.monotonic(), barrier.broken
    return None


def waiting_for_the_pool():
    with ThreadPoolExecutor(max_workers=2) as pool:
        futures = [pool.submit(time.sleep, n) for n in (1, 2, 3)]
        done, not_done = wait(futures, timeout=2.5)
    return len(done), len(not_done), time.monotonic()


def too_late_for_as_completed():
    try:
        list(as_completed([Future()], timeout=1.5))
    except TimeoutError:
        return round(time.monotonic(), 6)
    return None


def giving_up(blocking_call):
    """Return what a call answers that waits in vain, and the virtual seconds that it takes."""
    before = time.monotonic()
    try:
        result = blocking_call()
    except (queue.Empty, queue.Full, TimeoutError) as error:
        result = type(error).__name__
    return result, time.monotonic() - before


def taken(lock):
    lock.acquire()
    return lock


def taken_by_another(lock):
    started(lock.acquire).join()
    return lock


def full(maker):
    items = maker(maxsize=1)
    items.put("item")
    return items


def in_lock(condition):
    with condition:
        return condition.wait(1.5)


def in_lock_for(condition):
    with condition:
        return condition.wait_for(lambda: False, 1.5)


TIMED = {
    "Lock.acquire": (lambda: taken(threading.Lock()).acquire(timeout=1.5), False),
    "RLock.acquire": (lambda: taken_by_another(threading.RLock()).acquire(timeout=1.5), False),
    "Semaphore.acquire": (lambda: threading.Semaphore(0).acquire(timeout=1.5), False),
    "BoundedSemaphore.acquire": (
        lambda: taken(threading.BoundedSemaphore(1)).acquire(timeout=1.5),
        False,
    ),
    "Event.wait": (lambda: threading.Event().wait(1.5), False),
    "Condition.wait": (lambda: in_lock(threading.Condition()), False),
    "Condition.wait of a Lock": (lambda: in_lock(threading.Condition(threading.Lock())), False),
    "Condition.wait_for": (lambda: in_lock_for(threading.Condition()), False),
    "Thread.join": (lambda: started(time.sleep, 9, daemon=True).join(1.5), None),
    "Queue.get": (lambda: queue.Queue().get(timeout=1.5), "Empty"),
    "Queue.put": (lambda: full(queue.Queue).put("more", timeout=1.5), "Full"),
    "LifoQueue.get": (lambda: queue.LifoQueue().get(timeout=1.5), "Empty"),
    "PriorityQueue.put": (lambda: full(queue.PriorityQueue).put("more", timeout=1.5), "Full"),
    "SimpleQueue.get": (lambda: queue.SimpleQueue().get(timeout=1.5), "Empty"),
    "Future.result": (lambda: Future().result(timeout=1.5), "TimeoutError"),
    "Future.exception": (lambda: Future().exception(timeout=1.5), "TimeoutError"),
    "futures.wait": (lambda: len(wait([Future()], timeout=1.5).not_done), 1),
    "time.sleep": (lambda: time.sleep(1.5), None),
}
"""Blocking calls that give up after 1.5 s, and what they answer."""
