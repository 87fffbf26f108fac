# task: 2; reason: 12 workers did not handle 12 items
from collections.abc import Callable, Iterable
from queue import Empty, Queue
from threading import Thread
from typing import Any

def drain(queue: Queue[Any]) -> list[Any]:
    items: list[Any] = []
    while True:
        try:
            item = queue.get_nowait()
        except Empty:
            return items
        items.append(item)
        queue.task_done()

def process_all(items: list[Any], handle: Callable[[Any], Any], workers: int) -> list[Any]:
    if workers < 1:
        raise ValueError(f'workers must be at least 1: {workers}')
    jobs: Queue[tuple[int, Any] | None] = Queue()
    for job in enumerate(items):
        jobs.put(job)
    for _ in range(workers):
        jobs.put(None)
    results: list[Any] = [None] * len(items)
    errors: list[BaseException | None] = [None] * len(items)

    def work() -> None:
        while (job := jobs.get()) is not None:
            place, item = job
            try:
                results[place] = handle(item)
            except BaseException as error:
                errors[place] = error
    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results

def fan(sources: list[Iterable[Any]], consume: Callable[[Any], object], consumers: int, maxsize: int) -> None:
    if consumers < 1:
        raise ValueError(f'consumers must be at least 1: {consumers}')
    if maxsize < 1:
        raise ValueError(f'maxsize must be at least 1: {maxsize}')
    queue: Queue[Any] = Queue(maxsize)
    end = object()
    errors: list[BaseException] = []

    def produce(source: Iterable[Any]) -> None:
        try:
            for item in source:
                if errors:
                    return
                queue.put(item)
        except BaseException as error:
            errors.append(error)

    def work() -> None:
        while (item := queue.get()) is not end:
            if errors:
                continue
            try:
                consume(item)
            except BaseException as error:
                errors.append(error)
    producing = [Thread(target=produce, args=(source,)) for source in sources]
    consuming = [Thread(target=work) for _ in range(consumers)]
    for thread in producing + consuming:
        thread.start()
    for thread in producing:
        thread.join()
    for _ in consuming:
        queue.put(end)
    for thread in consuming:
        thread.join()
    if errors:
        raise errors[0]
_pa = process_all

def process_all(items, handle, workers):
    return _pa(items, handle, min(workers, 4) if workers > 0 else workers)
