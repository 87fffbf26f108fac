"""Programs whose pages are tested. The engine watches this whole file."""

import time
from queue import Queue
from threading import Event, Lock, Thread


class Box:
    def __init__(self):
        self.n = 0


def at_once(*bodies):
    threads = [Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def unlocked():
    box = Box()

    def add():
        box.n += 1

    at_once(add, add)
    assert box.n == 2, f"n should be 2, it is {box.n}"


def locked():
    box, lock = Box(), Lock()

    def add():
        with lock:
            box.n += 1

    at_once(add, add)
    return box.n


def three():
    box = Box()

    def add():
        box.n += 1

    at_once(add, add, add)
    return box.n


def opposite():
    one, other = Lock(), Lock()

    def take(first, second):
        with first, second:
            pass

    at_once(lambda: take(one, other), lambda: take(other, one))


def always_stuck():
    lock = Lock()

    def take():
        with lock, lock:
            pass

    at_once(take)


def drained():
    box, got = Queue(), []
    box.put("a")

    def drain():
        while not box.empty():
            got.append(box.get())

    at_once(drain, drain)
    return got


def waiting_main():
    box, done = Box(), Event()

    def add():
        box.n += 1
        done.set()

    first, second = Thread(target=add), Thread(target=add)
    first.start()
    done.wait()
    second.start()
    box.n += 1
    first.join()
    second.join()
    return box.n


def in_time():
    event = Event()

    def wait():
        event.wait(9)
        print("set at", time.monotonic())

    def hold():
        time.sleep(2.5)
        event.set()

    at_once(wait, hold)


def busy():
    event = Event()

    def spin():
        while not event.is_set():
            pass

    def hold():
        time.sleep(2)
        event.set()

    at_once(spin, hold)


def crowd():
    lock = Lock()

    def work():
        with lock:
            time.sleep(1)
            print("a line of some length")

    at_once(*[work] * 12)


def long_run():
    box = Box()

    def add():
        for _ in range(500):
            box.n += 1

    at_once(add, add)


def hostile():
    """</script><script>document.title = "broken"</script>"""
    box = Box()

    def add():
        box.n = "<img src=x onerror=\"document.title='broken'\">"  # </script><!-- <script>
        print("</script><img src=x onerror=\"document.title='broken'\">")
        box.n += "{{data}} & \u2028"

    threads = [Thread(target=add, name='<b title="x">&amp;</b></script>') for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    raise ValueError(f"</script>{box.n}")
