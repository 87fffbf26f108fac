# built: nothing but locks: a list of locks that resume() opens, each pause adds one; gate by inheritance
import threading


def wait_for_signal(event, log):
    log.append("wait for the event")
    is_set = event.is_set() or event.wait()
    log.append("event set : " + repr(bool(is_set)))


def wait_briefly(event, seconds):
    is_set = event.wait(seconds)
    return is_set and "set" or "timeout"


class _Runner(threading.Thread):
    gate = None

    def run(self):
        self.gate.wait()
        super().run()


def start_gate(runners):
    gate = threading.Event()
    threads = [_Runner(None, runner) for runner in runners]
    for thread in threads:
        thread.gate = gate
        thread.start()
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step, self.interval_s, self.number = step, interval_s, 0
        self.state_lock = threading.Lock()
        self.closed = []
        self.last = threading.Lock()
        self.last.acquire()
        self.is_over = False
        self.thread = threading.Thread(target=self.run)

    def start(self):
        self.thread.start()

    def pause(self):
        with self.state_lock:
            if not self.closed and not self.is_over:
                lock = threading.Lock()
                lock.acquire()
                self.closed.append(lock)

    def resume(self):
        with self.state_lock:
            while self.closed:
                self.closed.pop().release()

    def stop(self):
        with self.state_lock:
            was_over, self.is_over = self.is_over, True
        if not was_over:
            self.last.release()
        self.resume()
        self.thread.join()

    def passed(self):
        """Wait until nothing is closed; return whether to go on."""
        while True:
            with self.state_lock:
                if self.is_over:
                    return False
                if not self.closed:
                    return True
                lock = self.closed[0]
            with lock:
                pass

    def run(self):
        while self.passed():
            self.step(self.number)
            self.number += 1
            if self.last.acquire(True, self.interval_s):
                break
