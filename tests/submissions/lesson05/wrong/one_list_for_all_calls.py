# task: 1; reason: changed what the first had returned
from threading import Thread

RESULTS = []


def run_all(tasks):
    errors = [None] * len(tasks)
    RESULTS[:] = [None] * len(tasks)

    def run(place, task):
        try:
            RESULTS[place] = task()
        except Exception as error:
            errors[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return RESULTS


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
