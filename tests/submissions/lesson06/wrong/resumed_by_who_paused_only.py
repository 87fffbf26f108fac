# task: 4; reason: RuntimeError
from threading import Event, RLock, Thread


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
        self.gate = RLock()  # It belongs to the thread that took it: no other may release it.
        self.ending = Event()
        self.is_paused = False
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        if not self.is_paused:
            self.is_paused = True
            self.gate.acquire()

    def resume(self):
        if self.is_paused:
            self.is_paused = False
            self.gate.release()

    def stop(self):
        self.ending.set()
        self.resume()
        self.thread.join()

    def work(self):
        i = 0
        while True:
            with self.gate:
                if self.ending.is_set():
                    return
            self.step(i)
            i += 1
            if self.ending.wait(self.interval_s):
                return
