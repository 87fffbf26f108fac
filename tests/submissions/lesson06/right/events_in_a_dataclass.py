# built: dataclasses, a property for the thread, SimpleQueue as the doorbell of stop
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread


def wait_for_signal(event: Event, log: list[str]) -> None:
    log.append("wait for the event")
    assert event.wait()
    log.append(f"event set : {True}")


def wait_briefly(event, seconds):
    if event.wait(seconds):
        return "set"
    return "timeout"


@dataclass
class Runner:
    gate: Event
    call: Callable[[], object]

    def __call__(self) -> None:
        self.gate.wait(None)
        self.call()


def start_gate(runners):
    gate = Event()
    threads = [Thread(target=Runner(gate, runner)) for runner in runners]
    any(thread.start() for thread in threads)
    return threads, gate


@dataclass
class PausableWorker:
    step: Callable[[int], object]
    interval_s: float
    going: Event = field(default_factory=Event)
    bell: SimpleQueue[str] = field(default_factory=SimpleQueue)
    is_stopping: bool = False
    threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        self.going.set()
        self.threads.append(Thread(target=self.work))
        self.threads[0].start()

    def pause(self) -> None:
        self.going.clear()

    def resume(self) -> None:
        self.going.set()

    def stop(self) -> None:
        self.is_stopping = True
        self.bell.put("stop")
        self.going.set()
        self.threads[0].join()

    def work(self) -> None:
        number = 0
        while self.going.wait() and not self.is_stopping:
            self.step(number)
            number += 1
            try:
                self.bell.get(timeout=self.interval_s)
                return
            except Empty:
                continue
