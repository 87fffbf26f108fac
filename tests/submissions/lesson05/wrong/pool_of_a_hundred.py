# task: 1; reason: did not run at the same time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread


def run_all(tasks):
    with ThreadPoolExecutor(max_workers=100) as pool:
        futures = [pool.submit(task) for task in tasks]
    return [future.result() for future in futures]


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    worker, sleeper = Thread(target=work), Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
