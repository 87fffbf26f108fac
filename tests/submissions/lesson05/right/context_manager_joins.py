# built: a context manager whose end joins; ExceptionGroup taken apart
from contextlib import ExitStack, contextmanager
from threading import Thread

@contextmanager
def beside(function, *arguments):
    thread = Thread(target=function, args=arguments)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


def run_all(tasks):
    results: list = [None] * len(tasks)
    failed: list = []

    def attempt(place):
        try:
            results[place] = tasks[place]()
        except Exception as error:
            failed.append((place, error))

    with ExitStack() as stack:
        for place in range(len(tasks)):
            stack.enter_context(beside(attempt, place))
    if failed:
        _, error = min(failed, key=lambda pair: pair[0])
        raise error
    return results


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    with beside(work), beside(sleep):
        pass
    report("main thread finished")
