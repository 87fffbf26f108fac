# built: Thread subclasses with slots for results; every job is an object; a poison pill class
import queue
from threading import Thread


def drain(queue_):
    taken = []
    try:
        while True:
            taken += [queue_.get(block=False)]
            queue_.task_done()
    except queue.Empty:
        return taken


class Job:
    def __init__(self, item):
        self.item = item
        self.result = None
        self.error = None


class Poison:
    pass


class Worker(Thread):
    def __init__(self, jobs, handle):
        super().__init__()
        self.jobs = jobs
        self.handle = handle

    def run(self):
        while not isinstance(job := self.jobs.get(), Poison):
            try:
                job.result = self.handle(job.item)
            except Exception as error:
                job.error = error


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError("not a number of workers: %d" % workers)
    line = queue.Queue()
    jobs = [Job(item) for item in items]
    team = [Worker(line, handle) for _ in range(workers)]
    for worker in team:
        worker.start()
    for job in jobs:
        line.put(job)
    for _ in team:
        line.put(Poison())
    for worker in team:
        worker.join()
    for job in jobs:
        if job.error is not None:
            raise job.error
    return [job.result for job in jobs]


def fan(sources, consume, consumers, maxsize):
    if consumers < 1 or maxsize < 1:
        raise ValueError("consumers=%r, maxsize=%r" % (consumers, maxsize))
    line = queue.Queue(maxsize)
    producers = [Producer(line, source) for source in sources]
    team = [Worker(line, consume) for _ in range(consumers)]
    everybody = producers + team
    for thread in everybody:
        thread.start()
    for thread in producers:
        thread.join()
    for _ in team:
        line.put(Poison())
    for thread in team:
        thread.join()
    for producer in producers:
        for error in [producer.error, *(job.error for job in producer.jobs)]:
            if error is not None:
                raise error


class Producer(Thread):
    def __init__(self, line, source):
        super().__init__()
        self.line, self.source = line, source
        self.jobs, self.error = [], None

    def run(self):
        try:
            for item in self.source:
                self.jobs.append(Job(item))
                self.line.put(self.jobs[-1])
        except Exception as error:
            self.error = error
