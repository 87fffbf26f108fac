# built: a Queue of commands whose get() times out at the next step; partial for the gate
import time
from functools import partial
from queue import Empty, Queue
from threading import Event, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    log.append(f"event set : {event.wait()}")


def wait_briefly(event, seconds):
    return event.wait(seconds) and "set" or "timeout"


def _after(event, runner):
    event.wait()
    runner()


def start_gate(runners):
    event = Event()
    threads = [Thread(target=partial(_after, event, runner)) for runner in runners]
    [thread.start() for thread in threads]
    return threads, event


class PausableWorker:
    def __init__(self, step, interval_s):
        self._step, self._interval_s = step, interval_s
        self._commands = Queue()
        self._thread = Thread(target=self._work, name="worker")

    def start(self):
        self._thread.start()

    def pause(self):
        self._commands.put("pause")

    def resume(self):
        self._commands.put("resume")

    def stop(self):
        self._commands.put("stop")
        self._thread.join()

    def _work(self):
        number, due, paused = 0, time.perf_counter(), False
        while True:
            try:
                left = max(0, due - time.perf_counter())
                command = self._commands.get(timeout=None if paused else left)
            except Empty:
                self._step(number)
                number += 1
                due = time.perf_counter() + self._interval_s
            else:
                if command == "stop":
                    return
                paused = command == "pause"
