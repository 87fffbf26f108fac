# task: 3; reason: an item may be anything
import queue
import threading
from typing import Any, Callable, Iterable, List
STOP = None

def drain(q: 'queue.Queue[Any]') -> List[Any]:
    found: List[Any] = []
    for _ in range(q.qsize()):
        try:
            found.append(q.get(block=False))
        except queue.Empty:
            break
        else:
            q.task_done()
    print('drained', len(found))
    return found

class Worker(threading.Thread):

    def __init__(self, jobs: 'queue.Queue[Any]', handle: Callable[[Any], Any]) -> None:
        super().__init__(daemon=True)
        self.jobs = jobs
        self.handle = handle
        self.results: dict = {}
        self.errors: dict = {}

    def run(self) -> None:
        while True:
            job = self.jobs.get()
            try:
                if job is STOP:
                    return
                number, item = job
                print(f'{self.name} has item {number}')
                self.results[number] = self.handle(item)
            except Exception as exc:
                self.errors[number] = exc
            finally:
                self.jobs.task_done()

def process_all(items: Iterable[Any], handle: Callable[[Any], Any], workers: int) -> List[Any]:
    if workers <= 0:
        raise ValueError('workers = %d, at least 1 is needed' % workers)
    jobs: 'queue.Queue[Any]' = queue.Queue()
    team = [Worker(jobs, handle) for _ in range(workers)]
    for worker in team:
        worker.start()
    for job in enumerate(items):
        jobs.put(job)
    jobs.join()
    for _ in team:
        jobs.put(STOP)
    for worker in team:
        worker.join()
    results: dict = {}
    errors: dict = {}
    for worker in team:
        results.update(worker.results)
        errors.update(worker.errors)
    if errors:
        raise errors[min(errors)]
    return [results[number] for number in sorted(results)]

class Producer(threading.Thread):

    def __init__(self, source: Iterable[Any], to: 'queue.Queue[Any]') -> None:
        threading.Thread.__init__(self)
        self.source, self.to, self.error = (source, to, None)

    def run(self) -> None:
        try:
            for item in self.source:
                self.to.put(item)
        except Exception as exc:
            self.error = exc

class Consumer(threading.Thread):

    def __init__(self, consume: Callable[[Any], object], of: 'queue.Queue[Any]') -> None:
        threading.Thread.__init__(self, daemon=True)
        self.consume, self.of, self.error = (consume, of, None)

    def run(self) -> None:
        while (item := self.of.get()) is not STOP:
            try:
                self.consume(item)
            except Exception as exc:
                print('error:', exc)
                self.error = self.error or exc
            finally:
                self.of.task_done()

def fan(sources, consume, consumers, maxsize) -> None:
    for number in (consumers, maxsize):
        if number < 1:
            raise ValueError(f'{number} is too small')
    q: 'queue.Queue[Any]' = queue.Queue(maxsize=maxsize)
    takers = [Consumer(consume, q) for _ in range(consumers)]
    makers = [Producer(source, q) for source in sources]
    for thread in takers + makers:
        thread.start()
    for maker in makers:
        maker.join()
    q.join()
    for _ in takers:
        q.put(STOP)
    for taker in takers:
        taker.join()
    for thread in makers + takers:
        if thread.error:
            raise thread.error
