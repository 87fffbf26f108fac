# built: subclasses of Thread and Event, type hints; the worker is a Thread; prints left in
from __future__ import annotations

import threading
from typing import Callable


def wait_for_signal(event: threading.Event, log: list[str]) -> None:
    print("wait for the event")
    log.append("wait for the event")
    event_set: bool = event.wait()
    print(f"event set : {event_set}")
    log.append(f"event set : {event_set}")


def wait_briefly(event: threading.Event, seconds: float) -> str:
    if seconds < 0:
        raise ValueError(f"seconds must not be negative: {seconds}")
    return {True: "set", False: "timeout"}[event.wait(timeout=seconds)]


class Gate(threading.Event):
    """An event that knows who waits for it."""


class Runner(threading.Thread):
    def __init__(self, gate: Gate, runner: Callable[[], object]) -> None:
        super().__init__(name=f"runner {runner!r}", daemon=True)
        self.gate = gate
        self.runner = runner

    def run(self) -> None:
        self.gate.wait()
        self.runner()


def start_gate(
    runners: list[Callable[[], object]],
) -> tuple[list[threading.Thread], threading.Event]:
    gate = Gate()
    threads: list[threading.Thread] = []
    for runner in runners:
        thread = Runner(gate, runner)
        thread.start()
        threads.append(thread)
    return threads, gate


class PausableWorker(threading.Thread):
    def __init__(self, step: Callable[[int], object], interval_s: float) -> None:
        super().__init__()
        self.step = step
        self.interval_s = interval_s
        self.not_paused = threading.Event()
        self.not_paused.set()
        self.end = threading.Event()

    def run(self) -> None:
        i = 0
        while not self.end.is_set():
            self.not_paused.wait()
            if self.end.is_set():
                break
            print("step", i)
            self.step(i)
            i = i + 1
            self.end.wait(self.interval_s)
        print("the worker ends")

    def pause(self) -> None:
        self.not_paused.clear()

    def resume(self) -> None:
        self.not_paused.set()

    def stop(self) -> None:
        self.end.set()
        self.not_paused.set()
        self.join()
