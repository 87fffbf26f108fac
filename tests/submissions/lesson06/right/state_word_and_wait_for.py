# built: one word as the state, Condition.wait_for with a time; a gate by a decorator
import time
from threading import Condition, Event, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    event_set = event.wait()
    log.append(f"event set : {event_set}")


def wait_briefly(event, seconds):
    end_s = time.monotonic() + seconds
    while not event.wait(max(0, end_s - time.monotonic())):
        if time.monotonic() >= end_s:
            return "timeout"
    return "set"


def held_by(event):
    def decorate(runner):
        def run():
            if event.wait():
                runner()

        return run

    return decorate


def start_gate(runners):
    event = Event()
    threads = [Thread(target=held_by(event)(runner), daemon=True) for runner in runners]
    for thread in threads:
        thread.start()
    return (threads, event)


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step, self.interval_s = step, interval_s
        self.state, self.changed = "going", Condition()
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def become(self, state):
        with self.changed:
            if self.state != "stopped":
                self.state = state
            self.changed.notify_all()

    def pause(self):
        self.become("paused")

    def resume(self):
        self.become("going")

    def stop(self):
        self.become("stopped")
        self.thread.join()

    def may_go_on(self, due_s):
        with self.changed:
            while time.monotonic() < due_s and self.state != "stopped":
                self.changed.wait_for(lambda: self.state == "stopped", due_s - time.monotonic())
            self.changed.wait_for(lambda: self.state != "paused")
            return self.state == "going"

    def work(self):
        number, due_s = 0, time.monotonic()
        while self.may_go_on(due_s):
            self.step(number)
            number, due_s = number + 1, time.monotonic() + self.interval_s
