# task: 3; reason: deadlock
from threading import Event, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    log.append(f"event set : {event.wait()}")


def wait_briefly(event, seconds):
    return "set" if event.wait(seconds) else "timeout"


def start_gate(runners):
    gate = Event()

    def run(runner):
        gate.wait()
        gate.clear()
        runner()

    threads = [Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step, self.interval_s = step, interval_s
        self.going, self.stopping = Event(), Event()
        self.going.set()
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        self.going.clear()

    def resume(self):
        self.going.set()

    def stop(self):
        self.stopping.set()
        self.going.set()
        self.thread.join()

    def work(self):
        number = 0
        while True:
            self.going.wait()
            if self.stopping.is_set():
                return
            self.step(number)
            number += 1
            if self.stopping.wait(self.interval_s):
                return
