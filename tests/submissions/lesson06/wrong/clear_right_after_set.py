# task: 4; reason: a signal was missed
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
    def __init__(self, step, interval_s):
        self.step = step
        self.interval_s = interval_s
        self.paused = False
        self.woken = Event()
        self.ending = Event()
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        self.paused = True

    def resume(self):
        self.paused = False
        self.woken.set()
        self.woken.clear()

    def stop(self):
        self.ending.set()
        self.woken.set()
        self.thread.join()

    def work(self):
        i = 0
        while not self.ending.is_set():
            if self.paused:
                self.woken.wait()
                continue
            self.step(i)
            i += 1
            self.ending.wait(self.interval_s)
