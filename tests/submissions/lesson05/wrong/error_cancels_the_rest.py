# task: 1; reason: before every task had ended
from concurrent.futures import ThreadPoolExecutor
from operator import methodcaller
from threading import Thread


def run_all(tasks):
    if not tasks:
        return []
    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(methodcaller("__call__"), tasks))  # An error cancels those that wait for a thread.


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    with ThreadPoolExecutor(2) as pool:
        pool.submit(work)
        pool.submit(sleep)
    report("main thread finished")
