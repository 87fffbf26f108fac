# built: a Timer for each step, made by the one before; a Lock around the state
from threading import Event, RLock, Thread, Timer, current_thread
from time import monotonic


class _Waiter:
    def __call__(self, event, log):
        log.append("wait for the event")
        event.wait()
        log.append("event set : " + str(event.is_set()))


wait_for_signal = _Waiter()


def wait_briefly(event, seconds):
    # A thread waits without a limit, join has one.
    waiter = Thread(target=event.wait, daemon=True)
    waiter.start()
    waiter.join(seconds)
    return "timeout" if waiter.is_alive() and not event.is_set() else "set"


class _Held:
    def __init__(self, gate, runner):
        self.gate, self.runner = gate, runner

    def __call__(self):
        while not self.gate.is_set():
            self.gate.wait()
        self.runner()


def start_gate(runners):
    gate = Event()
    threads = [Thread(None, _Held(gate, runner), "runner") for runner in runners]
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self._step = step
        self._interval_s = interval_s
        self._lock = RLock()
        self._number = 0
        self._due_s = 0.0
        self._state = "going"
        self._timer = None
        self._in_step = False

    def start(self):
        with self._lock:
            self._due_s = monotonic()
            self._plan()

    def pause(self):
        with self._lock:
            if self._state == "going":
                self._state = "paused"
                self._timer.cancel()

    def resume(self):
        with self._lock:
            if self._state == "paused":
                self._state = "going"
                if not self._in_step:
                    self._plan()

    def stop(self):
        with self._lock:
            self._state = "stopped"
            timer = self._timer
            timer.cancel()
        timer.join()

    def _plan(self):
        before = self._timer
        self._timer = Timer(max(0, self._due_s - monotonic()), self._tick, [before])
        self._timer.start()

    def _tick(self, before):
        if before is not None and before is not current_thread():
            before.join()
        with self._lock:
            if self._state != "going" or self._timer is not current_thread():
                return
            self._in_step = True
        self._step(self._number)
        with self._lock:
            self._in_step = False
            self._number += 1
            self._due_s = monotonic() + self._interval_s
            if self._state == "going":
                self._plan()
