# built: objects with __call__ for every def; a Barrier that all reach at the end
from threading import Barrier, Thread
from typing import Any, Callable, List


class _Slot:
    """One task, its result, and its error."""

    def __init__(self, task: Callable[[], Any], finish: Barrier) -> None:
        self.task, self.finish = task, finish
        self.value: Any = None
        self.raised: List[BaseException] = []

    def __call__(self) -> None:
        try:
            self.value = self.task()
        except BaseException as error:
            self.raised.append(error)
        self.finish.wait()


class _RunAll:
    def __call__(self, tasks: List[Callable[[], Any]]) -> List[Any]:
        finish = Barrier(len(tasks) + 1)
        slots = [_Slot(task, finish) for task in tasks]
        for slot in slots:
            Thread(None, slot).start()
        finish.wait()
        for error in sum((slot.raised for slot in slots), []):
            raise error
        return [slot.value for slot in slots]


class _WaitAtMost:
    def __call__(self, thread: Thread, seconds: float) -> bool:
        thread.join(seconds)
        return not thread.is_alive()


class _RunBoth:
    def __call__(self, work, sleep, report) -> None:
        t, ts = Thread(None, work, "work"), Thread(None, sleep, "sleep")
        t.start(), ts.start()
        t.join(), ts.join()
        report("main " + "thread finished")


run_all = _RunAll()
wait_at_most = _WaitAtMost()
run_both = _RunBoth()
