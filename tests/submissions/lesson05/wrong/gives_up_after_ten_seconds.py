# task: 1; reason: before every task had ended
import time
from threading import Thread


def run_all(tasks):
    results, errors = [None] * len(tasks), [None] * len(tasks)

    def run(place):
        try:
            results[place] = tasks[place]()
        except Exception as error:
            errors[place] = error

    threads = [Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    end_s = time.monotonic() + 10
    while any(thread.is_alive() for thread in threads) and time.monotonic() < end_s:
        time.sleep(0.01)
    for error in errors:
        if error is not None:
            raise error
    return results


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
