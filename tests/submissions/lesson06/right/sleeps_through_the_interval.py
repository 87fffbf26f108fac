# built: the worker sleeps the interval and then looks; a bool for stop, an Event for pause
from threading import Event, Thread
from time import sleep


def wait_for_signal(event, log):
    log.append("wait for the event")
    event.wait()
    log.append("event set : True")


def wait_briefly(event, seconds):
    result = "timeout"
    if event.wait(seconds):
        result = "set"
    return result


def start_gate(runners):
    e = Event()
    threads = []
    for r in runners:
        t = Thread(target=lambda r=r: e.wait() and r())
        t.start()
        threads.append(t)
    return (threads, e)


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step, self.interval_s = step, interval_s
        self.running = False
        self.go = Event()
        self.t = None

    def start(self):
        self.running = True
        self.go.set()
        self.t = Thread(target=self.loop)
        self.t.start()

    def loop(self):
        i = 0
        while self.running:
            self.step(i)
            i += 1
            sleep(self.interval_s)
            self.go.wait()

    def pause(self):
        self.go.clear()

    def resume(self):
        self.go.set()

    def stop(self):
        self.running = False
        self.go.set()
        self.t.join()
