# built: processes with a Pipe each; a thread for each takes the next number and asks its process
import multiprocessing
import queue
import threading


def serve(pipe):
    while (job := pipe.recv()) is not None:
        task, number = job
        try:
            pipe.send((True, task(number)))
        except Exception as error:
            pipe.send((False, error))


class Workers:
    def __init__(self, processes):
        if processes < 1:
            raise ValueError("cannot have %r processes" % processes)
        self.number = processes
        self.pipes = self.children = None

    def __enter__(self):
        self.pipes, self.children = [], []
        for _ in range(self.number):
            ours, theirs = multiprocessing.Pipe()
            child = multiprocessing.Process(target=serve, args=(theirs,))
            child.start()
            self.pipes.append(ours)
            self.children.append(child)
        return self

    def __exit__(self, *_):
        for pipe in self.pipes:
            pipe.send(None)
        for child in self.children:
            child.join()
        self.pipes = None

    def answers(self, task, numbers):
        if self.pipes is None:
            raise ValueError("no block")
        answers, jobs = [None] * len(numbers), queue.SimpleQueue()
        for pair in enumerate(numbers):
            jobs.put(pair)

        def ask(pipe):
            while True:
                try:
                    place, number = jobs.get_nowait()
                except queue.Empty:
                    return
                pipe.send((task, number))
                answers[place] = pipe.recv()

        threads = [threading.Thread(target=ask, args=(pipe,)) for pipe in self.pipes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def map(self, task, numbers):
        results = []
        for good, value in self.answers(task, numbers):
            if not good:
                raise value
            results.append(value)
        return results


def map_in_pool(task, numbers, processes=4):
    with Workers(processes) as workers:
        return workers.map(task, numbers)


def choose_processes(tasks, cpus):
    return min(max(tasks, 1), cpus)


def map_with_errors(task, numbers, processes=4):
    with Workers(processes) as workers:
        return [value for _good, value in workers.answers(task, numbers)]
