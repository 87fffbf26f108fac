# built: a Condition counts the ended tasks; run_both runs work in the caller's own thread
import threading


class _Countdown:
    def __init__(self, count):
        self._left = count
        self._changed = threading.Condition()

    def one_less(self):
        with self._changed:
            self._left -= 1
            self._changed.notify_all()

    def wait(self):
        with self._changed:
            self._changed.wait_for(lambda: self._left == 0)


def run_all(tasks):
    countdown = _Countdown(len(tasks))
    values, errors = [None for _ in tasks], [None for _ in tasks]

    def run(i):
        try:
            values[i] = tasks[i]()
        except BaseException as e:
            errors[i] = e
        countdown.one_less()

    for i, _ in enumerate(tasks):
        threading.Thread(target=run, args=(i,), name="run_all " + str(i)).start()
    countdown.wait()
    first = next((e for e in errors if e is not None), None)
    if first is not None:
        raise first
    return values


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return thread not in threading.enumerate()


def run_both(work, sleep, report):
    other = threading.Thread(target=sleep)
    other.start()
    try:
        work()
    finally:
        other.join()
    report("main thread finished")
