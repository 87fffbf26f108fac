# task: 1; reason: not raised
from threading import Thread


def run_all(tasks):
    results, errors = [None] * len(tasks), [None] * len(tasks)

    def run(place):
        try:
            results[place] = tasks[place]()
        except (ArithmeticError, LookupError, OSError, TypeError, ValueError) as error:
            errors[place] = error

    threads = [Thread(target=run, args=(place,)) for place in range(len(tasks))]
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
    worker, sleeper = Thread(target=work), Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
