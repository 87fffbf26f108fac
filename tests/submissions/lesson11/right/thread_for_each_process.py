# built: a thread starts each process, reads its own Queue and joins it
from multiprocessing import Process, Queue
from queue import Empty
from threading import Thread
from time import perf_counter


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def run_threads(task, numbers):
    results = [None] * len(numbers)

    def work(place):
        results[place] = task(numbers[place])

    threads = [Thread(target=work, args=(place,)) for place in range(len(numbers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Call:
    """A callable object is the target: it is pickled with what it holds."""

    def __init__(self, task, number):
        self.task = task
        self.number = number

    def __call__(self, box):
        try:
            box.put({"value": self.task(self.number)})
        except Exception as error:
            box.put({"error": str(error)})


def run_processes(task, numbers):
    answers = [None] * len(numbers)

    def follow(place, process, box):
        answer = None
        while answer is None:
            had_ended = process.exitcode is not None
            try:
                answer = box.get(timeout=0.05)
            except Empty:
                if had_ended:
                    answer = {"error": "the process is dead"}
        process.join()
        answers[place] = answer

    boxes = [Queue() for _ in numbers]
    processes = [
        Process(target=Call(task, number), args=(box,)) for number, box in zip(numbers, boxes)
    ]
    for process in processes:
        process.start()
    threads = [
        Thread(target=follow, args=(place, process, box))
        for place, (process, box) in enumerate(zip(processes, boxes))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, answer in zip(numbers, answers):
        if "error" in answer:
            raise RuntimeError(f"{number} failed", answer["error"])
    return [answer["value"] for answer in answers]


def compare(task, numbers):
    seconds = {}
    for name, run in (
        ("sequential", run_sequential),
        ("threads", run_threads),
        ("processes", run_processes),
    ):
        begin = perf_counter()
        run(task, numbers)
        seconds[name] = perf_counter() - begin
    return seconds


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
