# built: a Thread subclass that keeps its result, keyword arguments, names, type hints left out
import threading


class TaskThread(threading.Thread):
    def __init__(self, *, task, number):
        super().__init__(name=f"task-{number}")
        self.task = task
        self.result = None
        self.error = None

    def run(self):
        try:
            self.result = self.task()
        except BaseException as exc:
            self.error = exc


def run_all(tasks):
    workers = []
    for i in range(len(tasks)):
        worker = TaskThread(task=tasks[i], number=i)
        workers.append(worker)
        worker.start()
    for worker in workers:
        worker.join()
    for worker in workers:
        if worker.error:
            raise worker.error
    return [worker.result for worker in workers]


def wait_at_most(thread, seconds):
    thread.join(timeout=seconds)
    return not thread.is_alive()


class _Caller(threading.Thread):
    def __init__(self, function):
        threading.Thread.__init__(self)
        self._function = function

    def run(self):
        self._function()


def run_both(work, sleep, report):
    t = _Caller(work)
    ts = _Caller(sleep)
    ts.start()
    t.start()
    ts.join()
    t.join()
    report("main thread finished")
