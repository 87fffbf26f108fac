# task: 1; reason: did not run at the same time
from threading import Thread


def run_all(tasks):
    results, errors = [], []
    for task in tasks:
        try:
            results.append(task())
        except BaseException as error:
            errors.append(error)
    if errors:
        raise errors[0]
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
