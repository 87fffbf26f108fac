# built: Future objects filled in by hand, wait() for all of them
import concurrent.futures
from threading import Thread


def _fill(future, task):
    try:
        value = task()
    except BaseException as exc:
        future.set_exception(exc)
    else:
        future.set_result(value)


def _start(task):
    future = concurrent.futures.Future()
    thread = Thread(target=_fill, args=(future, task))
    thread.start()
    return future, thread


def run_all(tasks):
    pairs = list(map(_start, tasks))
    for _, thread in pairs:
        thread.join()
    concurrent.futures.wait([future for future, _ in pairs])
    return [future.result() for future, _ in pairs]


def _ended_after(seconds, thread):
    thread.join(seconds)
    return not thread.is_alive()


def wait_at_most(thread, seconds):
    return _ended_after(seconds, thread=thread)


def run_both(work, sleep, report):
    started = [_start(work), _start(sleep)]
    for _, thread in started:
        thread.join()
    report("main thread finished")
