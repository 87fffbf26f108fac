# task: 4; reason: two workers
from threading import Event, Thread


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
    number = 0

    def __init__(self, step, interval_s):
        self.step = step
        self.interval_s = interval_s
        self.going = Event()
        self.going.set()
        self.ending = Event()
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        self.going.clear()

    def resume(self):
        self.going.set()

    def stop(self):
        self.ending.set()
        self.going.set()
        self.thread.join()

    def work(self):
        while True:
            self.going.wait()
            if self.ending.is_set():
                return
            self.step(PausableWorker.number)
            PausableWorker.number += 1
            if self.ending.wait(self.interval_s):
                return
