# built: sched.scheduler with an Event's wait for its delays; deque and next() for numbers
import sched
import time
from itertools import count
from threading import Event, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    event_set = event.wait()
    log.append("event set : %s" % event_set)


def wait_briefly(event, seconds):
    started = time.monotonic()
    if event.wait(seconds):
        return "set"
    print("waited", time.monotonic() - started, "s")
    return "timeout"


def start_gate(runners):
    gate = Event()

    def run(runner):
        gate.wait()
        runner()

    threads = [Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self._step = step
        self._interval_s = interval_s
        self._numbers = count()
        self._going, self._stopped = Event(), Event()
        self._going.set()
        self._scheduler = sched.scheduler(time.monotonic, self._delay)
        self._scheduler.enter(0, 1, self._one)
        self._thread = Thread(target=self._scheduler.run)

    def _delay(self, seconds):
        if self._stopped.wait(seconds):
            for planned in self._scheduler.queue:
                self._scheduler.cancel(planned)

    def _one(self):
        self._going.wait()
        if self._stopped.is_set():
            return
        self._step(next(self._numbers))
        self._scheduler.enter(self._interval_s, 1, self._one)

    def start(self):
        self._thread.start()

    def pause(self):
        self._going.clear()

    def resume(self):
        self._going.set()

    def stop(self):
        self._stopped.set()
        self._going.set()
        self._thread.join()
