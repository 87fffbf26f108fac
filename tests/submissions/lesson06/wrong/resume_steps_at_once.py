# task: 4; reason: too early
from threading import Condition, Thread, Event


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

    def run(runner):
        gate.wait()
        runner()

    threads = [Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step = step
        self.interval_s = interval_s
        self.changed = Condition()
        self.state = "going"
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        self.change("paused")

    def resume(self):
        self.change("going")

    def stop(self):
        self.change("ended")
        self.thread.join()

    def change(self, state):
        with self.changed:
            self.state = state
            self.changed.notify()

    def work(self):
        i = 0
        while self.state != "ended":
            self.step(i)
            i += 1
            with self.changed:
                self.changed.wait_for(lambda: self.state != "going", self.interval_s)
                self.changed.wait_for(lambda: self.state != "paused")
