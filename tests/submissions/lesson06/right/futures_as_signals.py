# built: Futures that are set once for signals: a new one at each pause; wait() with a timeout
from concurrent.futures import Future, wait
from threading import Event, Lock, Thread


def wait_for_signal(event, log):
    log += ["wait for the event"]
    while not event.wait():
        pass
    log += [f"event set : {event.wait(0)}"] if False else ["event set : True"]


def wait_briefly(event, seconds):
    try:
        if not event.wait(timeout=seconds):
            raise TimeoutError
    except TimeoutError:
        return "timeout"
    else:
        return "set"


def start_gate(runners):
    gate = Event()
    threads = [Thread(target=lambda run=run: gate.wait() and run()) for run in runners]
    list(map(Thread.start, threads))
    return threads, gate


def settled(future):
    if not future.done():
        future.set_result(None)
    return future


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step, self.interval_s = step, interval_s
        self.lock = Lock()
        self.ended = Future()
        self.going = settled(Future())
        self.thread = Thread(target=self.work)

    def start(self):
        self.thread.start()

    def pause(self):
        with self.lock:
            if self.going.done() and not self.ended.done():
                self.going = Future()

    def resume(self):
        with self.lock:
            settled(self.going)

    def stop(self):
        with self.lock:
            settled(self.ended)
            settled(self.going)
        self.thread.join()

    def work(self):
        number = 0
        while True:
            with self.lock:
                going = self.going
            going.result()
            with self.lock:
                if self.ended.done():
                    return
                if self.going is not going:
                    continue
            self.step(number)
            number += 1
            wait([self.ended], timeout=self.interval_s)
