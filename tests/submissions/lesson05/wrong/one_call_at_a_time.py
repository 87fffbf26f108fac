# task: 1; reason: deadlock
from threading import Lock, Thread

only_one = Lock()


def run_all(tasks):
    results = [None] * len(tasks)
    errors = [None] * len(tasks)

    def run(place, task):
        try:
            results[place] = task()
        except Exception as error:
            errors[place] = error

    with only_one:
        threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for error in errors:
        if error is not None:
            raise error
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
