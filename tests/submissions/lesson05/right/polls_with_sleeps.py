# built: short sleeps and is_alive() instead of join; errors are noted and raised on in the thread
import time
from threading import Thread


def run_all(tasks):
    results = [None] * len(tasks)
    errors = [None] * len(tasks)

    def run(place, task):
        try:
            results[place] = task()
        except BaseException as error:
            errors[place] = error
            raise

    threads = [Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.02)
    for error in errors:
        if error is not None:
            raise error
    return results


def wait_at_most(thread, seconds):
    end = time.monotonic() + seconds
    while thread.is_alive() and time.monotonic() < end:
        time.sleep(0.01)
    return not thread.is_alive()


def run_both(work, sleep, report):
    worker = Thread(target=work)
    sleeper = Thread(target=sleep)
    worker.start()
    sleeper.start()
    while worker.is_alive() or sleeper.is_alive():
        time.sleep(0.05)
    report("main thread finished")
