# task: 1; reason: earlier call
from threading import Thread


results = []
errors = []


def run_all(tasks):
    begin = len(errors)
    results.extend([None] * len(tasks))
    errors.extend([None] * len(tasks))

    def run(place, task):
        try:
            results[begin + place] = task()
        except BaseException as error:
            errors[begin + place] = error

    threads = [Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors[begin:]:
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
