# built: subclasses of Thread with run(); each thread keeps its own note
import threading


class Runner(threading.Thread):
    def __init__(self, work, name):
        super().__init__(name=name)
        self.work = work

    def run(self):
        self.work()


class Witness(threading.Thread):
    noted = ""

    def run(self):
        self.noted = self.name


def report():
    print(threading.current_thread().name, ": I am working..")


def start_named(target, names):
    started = []
    for name in names:
        runner = Runner(target, name)
        runner.start()
        started.append(runner)
    return started


def who_worked(names):
    witnesses = [Witness(name=name) for name in names]
    for witness in witnesses:
        witness.start()
    for witness in witnesses:
        witness.join()
    return [witness.noted for witness in witnesses]


def names_in_use():
    return set(map(lambda thread: thread.name, threading.enumerate()))
