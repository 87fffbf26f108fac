# task: 1; reason: task order
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Thread


def run_all(tasks):
    results = []
    with ThreadPoolExecutor(max_workers=len(tasks) or 1) as pool:
        futures = [pool.submit(task) for task in tasks]
        for future in as_completed(futures):
            if future.exception() is None:
                results.append(future.result())
    for future in futures:
        future.result()
    return results


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    worker = Thread(target=work)
    sleeper = Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
