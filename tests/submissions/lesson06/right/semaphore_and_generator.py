# built: a Semaphore to hold the worker, a generator of steps; a Timer of 0 s for each runner
from threading import Event, Lock, Semaphore, Thread, Timer


def wait_for_signal(event, log):
    log.append("wait for the event")
    event_set = event.wait()
    log.append(f"event set : {event_set}")


def wait_briefly(event, seconds):
    if event.wait(seconds):
        return "set"
    return "timeout"


def start_gate(runners):
    gate = Event()
    threads = []
    for runner in runners:
        thread = Timer(0, lambda runner=runner: (gate.wait(), runner()))
        thread.start()
        threads.append(thread)
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step, self.interval_s = step, interval_s
        self.may_go, self.state = Semaphore(1), Lock()
        self.is_paused = self.is_stopped = False
        self.ending = Event()

    def start(self):
        self.thread = Thread(target=self.work)
        self.thread.start()

    def pause(self):
        with self.state:
            if not self.is_paused and not self.is_stopped:
                self.is_paused = True
                self.may_go.acquire()

    def resume(self):
        with self.state:
            if self.is_paused:
                self.is_paused = False
                self.may_go.release()

    def stop(self):
        with self.state:
            self.is_stopped = True
        self.ending.set()
        self.resume()
        self.thread.join()

    def numbers(self):
        number = 0
        while True:
            with self.may_go:
                if self.ending.is_set():
                    return
            yield number
            number += 1
            if self.ending.wait(self.interval_s):
                return

    def work(self):
        for number in self.numbers():
            self.step(number)
