# built: multiprocessing.pool.ThreadPool with apply_async; a pool as a context manager
from multiprocessing.pool import ThreadPool


def run_all(tasks):
    if not tasks:
        return []
    pool = ThreadPool(len(tasks))
    pending = [pool.apply_async(task) for task in tasks]
    pool.close()
    pool.join()
    return [result.get() for result in pending]


def wait_at_most(thread, seconds):
    thread.join(timeout=seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    with ThreadPool(processes=2) as pool:
        pool.map(lambda call: call(), [work, sleep], chunksize=1)
    report("main thread finished")
