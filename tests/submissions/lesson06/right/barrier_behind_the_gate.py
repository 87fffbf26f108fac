# built: all at the gate wait for each other as well; a worker that is an Event itself
from threading import Barrier, Event, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    event_set = event.wait()
    log.append(f"event set : {event_set}")


def wait_briefly(event, seconds):
    if event.wait(seconds):
        return "set"
    return "timeout"


def start_gate(runners):
    gate, together = Event(), Barrier(len(runners) or 1)

    def run(runner):
        gate.wait()
        together.wait()
        return runner()

    threads = list(map(lambda runner: Thread(target=run, args=(runner,)), runners))
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker(Event):
    """It is set while it may go on."""

    def __init__(self, step, interval_s):
        super().__init__()
        self.set()
        self.step, self.interval_s = step, interval_s
        self.over = Event()

    pause, resume = Event.clear, Event.set

    def start(self):
        self.thread = Thread(target=self.run)
        self.thread.start()

    def run(self, number=0):
        while True:
            self.wait()
            if self.over.is_set():
                break
            self.step(number)
            number += 1
            self.over.wait(self.interval_s)

    def stop(self):
        self.over.set()
        self.resume()
        self.thread.join()
