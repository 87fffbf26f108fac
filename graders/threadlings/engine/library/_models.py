"""Semaphores, events and queues whose operations are one step each.

The library's own code goes through a lock, a condition and its waiters, all of them steps, whose
order hardly ever matters: three threads at a ``Semaphore(2)`` took 225 runs. Here an operation
waits until it can go through, touches what it means (a permit, a flag, the order of what was put,
one item), and only then lets the library's code do it, unseen. Two releases, or a put and a get of
different items, then need no order at all.
"""

from __future__ import annotations

from types import ModuleType

from ._executor_model import model_executor
from ._future_model import model_future
from ._operation import lock_of
from ._primitive_models import model_barrier, model_event, model_semaphore
from ._queue_model import QueueModel
from ._thread_models import model_registry, model_start


def install(module: ModuleType) -> None:
    """Let the primitives of a fresh ``threading`` or ``queue`` be steps of their own."""
    names = vars(module)
    if module.__name__ == "threading":
        model_semaphore(names["Semaphore"])
        model_semaphore(names["BoundedSemaphore"])
        model_event(names["Event"])
        model_barrier(names["Barrier"])
        model_registry(module)
        model_start(module)
    elif module.__name__ == "queue":
        QueueModel(names["Queue"], lambda q: q.mutex).install()
        QueueModel(names["SimpleQueue"], lambda q: lock_of(q._count)).install()
    elif module.__name__ == "concurrent.futures._base":
        model_future(names["Future"])
    elif module.__name__ == "concurrent.futures.thread":
        model_executor(module)
