# built: a Condition and the time of the next step; gates by closure; a bool as the worker's state
import threading
import time


def wait_for_signal(event, log):
    log += ["wait for the event"]
    while not event.is_set():
        event.wait()
    log += ["event set : {}".format(event.is_set())]


def wait_briefly(event, seconds):
    if event.is_set() or event.wait(seconds):
        return "set"
    return "timeout"


def start_gate(runners):
    opened = threading.Event()

    def held(runner):
        def run():
            opened.wait()
            return runner()

        return run

    threads = list()
    for runner in runners:
        threads.append(threading.Thread(target=held(runner)))
    for thread in threads:
        thread.start()
    return threads, opened


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step = step
        self.interval = interval_s
        self.changed = threading.Condition()
        self.paused = False
        self.stopped = False
        self.thread = threading.Thread(target=self.work, daemon=True)

    def start(self):
        self.thread.start()

    def pause(self):
        with self.changed:
            self.paused = True

    def resume(self):
        with self.changed:
            self.paused = False
            self.changed.notify_all()

    def stop(self):
        with self.changed:
            self.stopped = True
            self.changed.notify_all()
        self.thread.join()

    def work(self):
        number = 0
        due = time.monotonic()
        while True:
            with self.changed:
                while not self.stopped:
                    now = time.monotonic()
                    if self.paused:
                        self.changed.wait()
                    elif now < due:
                        self.changed.wait(due - now)
                    else:
                        break
                if self.stopped:
                    break
            self.step(number)
            number += 1
            due = time.monotonic() + self.interval
