# built: ThreadPoolExecutor with one worker per task, for both run_all and run_both
from concurrent.futures import ThreadPoolExecutor, wait


def run_all(tasks):
    with ThreadPoolExecutor(max_workers=max(1, len(tasks))) as pool:
        futures = [pool.submit(task) for task in tasks]
    return [future.result() for future in futures]


def wait_at_most(thread, seconds):
    thread.join(seconds)
    if thread.is_alive():
        return False
    return True


def run_both(work, sleep, report):
    with ThreadPoolExecutor(2) as pool:
        wait([pool.submit(work), pool.submit(sleep)])
    report("main thread finished")
