# built: children and threads are asked again and again, without a pause between
import multiprocessing
import time
from threading import Thread
from time import perf_counter


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def run_threads(task, numbers):
    results = {}

    def work(place, number):
        results[place] = task(number)

    threads = [Thread(target=work, args=pair) for pair in enumerate(numbers)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    return [results[place] for place in range(len(numbers))]


def child(task, number, sender):
    try:
        sender.send((True, task(number)))
    except Exception as error:
        sender.send((False, repr(error)))


def run_processes(task, numbers):
    running, found = {}, {}
    for place, number in enumerate(numbers):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=child, args=(task, number, sender))
        process.start()
        sender.close()
        running[place] = process, receiver
    while running:
        for place, (process, receiver) in list(running.items()):
            if place not in found and receiver.poll():
                try:
                    found[place] = receiver.recv()
                except EOFError:
                    found[place] = False, "died"
            if place in found and not process.is_alive():
                del running[place]
    for place, number in enumerate(numbers):
        if not found[place][0]:
            raise RuntimeError(f"no result for number {number}", found[place][1])
    return [found[place][1] for place in range(len(numbers))]


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
