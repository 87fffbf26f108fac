# task: 1; reason: earlier call
from threading import Thread

errors = {}


def run_all(tasks):
    results = [None] * len(tasks)

    def run(place, task):
        errors[place] = None
        try:
            results[place] = task()
        except Exception as error:
            errors[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for place in sorted(errors):
        if errors[place] is not None:
            raise errors[place]
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
