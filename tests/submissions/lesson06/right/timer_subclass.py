# built: a subclass of Timer that repeats; a token in a Queue is the right to go on
from queue import Queue
from threading import Event, Lock, Thread, Timer


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


class Repeat(Timer):
    def run(self):
        number = 0
        self.function(number)
        while not self.finished.wait(self.interval):
            number += 1
            self.function(number)


class PausableWorker:
    def __init__(self, step, interval_s):
        self.user_step = step
        self.timer = Repeat(interval_s, self.step)
        self.token = Queue(1)
        self.token.put("go")
        self.lock = Lock()
        self.paused = False

    def step(self, number):
        self.token.put(self.token.get())
        if not self.timer.finished.is_set():
            self.user_step(number)

    def start(self):
        self.timer.start()

    def pause(self):
        with self.lock:
            if not self.paused:
                self.paused = True
                self.token.get()

    def resume(self):
        with self.lock:
            if self.paused:
                self.paused = False
                self.token.put("go")

    def stop(self):
        self.timer.cancel()
        self.resume()
        self.timer.join()
