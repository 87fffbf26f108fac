# built: as_completed() over futures that a dict gives their places; joins in slices
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Thread


def run_all(tasks):
    if len(tasks) == 0:
        return []
    results, errors = {}, {}
    with ThreadPoolExecutor(len(tasks)) as pool:
        places = {pool.submit(task): place for place, task in enumerate(tasks)}
        for future in as_completed(places):
            error = future.exception()
            if error is None:
                results[places[future]] = future.result()
            else:
                errors[places[future]] = error
    for place in sorted(errors):
        raise errors[place]
    return [results[place] for place in range(len(tasks))]


def wait_at_most(thread, seconds):
    end_s = time.monotonic() + seconds
    while thread.is_alive():
        left_s = end_s - time.monotonic()
        if left_s <= 0:
            return False
        thread.join(min(left_s, 0.05))
    return True


def run_both(work, sleep, report):
    worker = Thread(target=work)
    sleeper = Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
