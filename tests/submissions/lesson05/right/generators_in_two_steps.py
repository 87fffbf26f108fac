# built: a generator for each task: its first step starts the thread, its second one waits
from threading import Thread


def running(task):
    box = []

    def body():
        try:
            box[:] = ["ok", task()]
        except Exception as error:
            box[:] = ["failed", error]

    thread = Thread(target=body)
    thread.start()
    yield
    thread.join()
    yield tuple(box)


def run_all(tasks):
    generators = [running(task) for task in tasks]
    for generator in generators:
        next(generator)
    endings = [next(generator) for generator in generators]
    results = []
    for ending in endings:
        match ending:
            case ("ok", value):
                results.append(value)
            case ("failed", error):
                raise error
    return results


def wait_at_most(thread, seconds):
    thread.join(seconds)
    match thread.is_alive():
        case True:
            return False
        case _:
            return True


def run_both(work, sleep, report):
    both = running(work), running(sleep)
    for _step in range(2):
        for generator in both:
            next(generator)
    report("main thread finished")
