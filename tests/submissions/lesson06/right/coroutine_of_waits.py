# built: the life of the worker is a generator that yields what to wait for; a driver waits
from functools import partial
from itertools import count
from threading import Event, Thread


def wait_for_signal(event, log):
    def lines():
        yield "wait for the event"
        yield f"event set : {event.wait()}"

    for line in lines():
        log.append(line)


def wait_briefly(event, seconds):
    if not event.wait(seconds):
        return "timeout"
    return "set"


def _gated(gate, runner):
    gate.wait()
    runner()


def start_gate(runners):
    gate = Event()
    threads = [Thread(target=partial(_gated, gate, runner)) for runner in runners]
    [thread.start() for thread in threads]
    return (threads, gate)


class PausableWorker:
    def __init__(self, step, interval_s):
        self._life = self._lives(step, interval_s)
        self._going, self._ending = Event(), Event()
        self._going.set()
        self._thread = Thread(target=self._drive, name="worker")
        self.start = self._thread.start

    def _lives(self, step, interval_s):
        for number in count():
            yield self._going, None
            if self._ending.is_set():
                return
            step(number)
            if (yield self._ending, interval_s):
                return

    def _drive(self):
        try:
            event, limit_s = next(self._life)
            while True:
                event, limit_s = self._life.send(event.wait(limit_s))
        except StopIteration:
            pass

    def start(self):
        self._thread.start()

    def pause(self):
        self._going.clear()

    def resume(self):
        self._going.set()

    def stop(self):
        self._ending.set()
        self._going.set()
        if self._thread.is_alive():
            self._thread.join()
