# built: a Lock holds the worker in a pause, another times the interval; the thread of a pool
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event, Lock, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    if event.wait():
        log.append("event set : True")


def wait_briefly(event, seconds):
    return ["timeout", "set"][event.wait(seconds)]


def start_gate(runners):
    event = Event()

    def enter(i):
        event.wait()
        list(runners)[i]()

    threads = [Thread(target=enter, kwargs={"i": i}) for i in range(len(runners))]
    for thread in threads:
        thread.start()
    return threads, event


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step = step
        self.interval_s = interval_s
        self.gate = Lock()
        self.end = Lock()
        self.end.acquire()
        self.is_paused = False
        self.is_stopped = False

    def start(self):
        self.pool = ThreadPoolExecutor(max_workers=1)
        self.future = self.pool.submit(self.work)

    def work(self):
        for number in count():
            with self.gate:
                if self.is_stopped:
                    return
            self.step(number)
            if self.end.acquire(timeout=self.interval_s):
                return

    def pause(self):
        if not self.is_paused:
            self.gate.acquire()
            self.is_paused = True

    def resume(self):
        if self.is_paused:
            self.is_paused = False
            self.gate.release()

    def stop(self):
        if not self.is_stopped:
            self.is_stopped = True
            self.end.release()
            self.resume()
        self.pool.shutdown(wait=True)
