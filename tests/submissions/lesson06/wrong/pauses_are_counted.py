# task: 4; reason: never began
from threading import Condition, Event, Thread


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
        self.pauses = 0
        self.ending = Event()
        self.changed = Condition()
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        with self.changed:
            self.pauses += 1

    def resume(self):
        with self.changed:
            self.pauses -= 1
            self.changed.notify_all()

    def stop(self):
        with self.changed:
            self.ending.set()
            self.changed.notify_all()
        self.thread.join()

    def work(self):
        i = 0
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.pauses <= 0 or self.ending.is_set())
            if self.ending.is_set():
                return
            self.step(i)
            i += 1
            if self.ending.wait(self.interval_s):
                return
