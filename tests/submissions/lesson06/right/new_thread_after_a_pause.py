# built: a pause ends the thread, resume starts another; a dict of threads
import time
from threading import Event, Thread


def wait_for_signal(event, log):
    log.extend(["wait for the event"])
    answer = event.wait()
    log.extend([f"event set : {answer}"])


def wait_briefly(event, seconds):
    in_time = event.wait(seconds)
    return "set" if in_time else "timeout"


def start_gate(runners):
    gate = Event()

    def run_at_the_signal(number):
        gate.wait()
        runners[number]()

    threads = {i: Thread(target=run_at_the_signal, args=[i]) for i in range(len(runners))}
    for i in threads:
        threads[i].start()
    return list(threads.values()), gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step = step
        self.interval_s = interval_s
        self.number = 0
        self.due_s = None
        self.halt = None
        self.thread = None

    def start(self):
        self._go_on()

    def pause(self):
        self.halt.set()

    def resume(self):
        self._go_on()

    def stop(self):
        self.halt.set()
        self.thread.join()

    def _go_on(self):
        self.halt = Event()
        self.thread = Thread(target=self._work, args=(self.halt, self.thread))
        self.thread.start()

    def _work(self, halt, before):
        if before is not None:
            before.join()
        while True:
            left_s = 0 if self.due_s is None else self.due_s - time.time()
            if halt.wait(max(0, left_s)):
                return
            self.step(self.number)
            self.number += 1
            self.due_s = time.time() + self.interval_s
