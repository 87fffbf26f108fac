"""A model of what ends all executors: the end of the program."""

from __future__ import annotations

from functools import wraps
from types import ModuleType
from typing import Any

from ..kernel import READ, Resource

EXECUTORS: Resource = ("attribute", "executors take tasks")
"""Whether they still do: read by who submits one, written when the program has ended."""


def model_executor(module: ModuleType) -> None:
    """Let it be seen that executors take no task once the program has ended.

    The library asks a flag for that, behind a lock of its own bookkeeping.
    """
    names = vars(module)
    kind = names["ThreadPoolExecutor"]
    original = kind.submit

    @wraps(original)
    def submit(self: Any, /, *arguments: Any, **named: Any) -> Any:
        kernel = names["_global_shutdown_lock"]._kernel
        thread = kernel.me()
        if thread is not None and not kernel.stopping:
            kernel.point(thread, thread.site)
            thread.touch(EXECUTORS, READ, thread.site)
        return original(self, *arguments, **named)

    kind.submit = submit
