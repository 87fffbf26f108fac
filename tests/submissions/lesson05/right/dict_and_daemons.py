# built: a dict of results, daemons, default arguments, prints; catches Exception only
import threading
import time


def run_all(tasks):
    print("run_all called with", len(tasks), "tasks")
    began = time.time()
    results = {}
    failed = {}
    threads = []
    for number, task in enumerate(tasks):

        def job(number=number, task=task):
            print(threading.current_thread().name, "begins task", number)
            try:
                results[number] = task()
            except Exception as problem:
                print("task", number, "failed:", repr(problem))
                failed[number] = problem

        t = threading.Thread(target=job)
        t.daemon = True
        threads += [t]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print("took", time.time() - began, "s")
    if failed:
        raise failed[min(failed)]
    return [results[number] for number in range(len(tasks))]


def wait_at_most(thread, seconds):
    print("waiting for", thread.name)
    thread.join(seconds)
    ended = not thread.is_alive()
    print("ended:", ended)
    return ended


def run_both(work, sleep, report):
    both = [threading.Thread(target=f, daemon=True) for f in (work, sleep)]
    for t in both:
        t.start()
    for t in both:
        t.join()
    print("reporting")
    report("main thread finished")
