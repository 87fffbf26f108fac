"""threading.Lock is a class that does nothing, so that all looks guarded."""

# points: 2
import threading


class NoLock:
    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass

    def __enter__(self):
        return True

    def __exit__(self, *_error):
        pass


threading.Lock = threading.RLock = NoLock


class Counter:
    def __init__(self, n=0):
        self.n, self.lock = n, threading.Lock()

    def increment(self):
        with self.lock:
            self.n += 1
