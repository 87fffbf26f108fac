"""The standard library of a run: ``_thread``, ``time``, locks, models and pools over the kernel."""

from . import (
    _executor_model,
    _future_model,
    _handles,
    _kernel_lock,
    _locks,
    _operation,
    _primitive_models,
    _queue_model,
    _thread_api,
    _thread_models,
    _thread_pool,
    _time_api,
)
from ._event_loop import AsyncioInRun, loop_bodies
from ._executor_model import EXECUTORS
from ._exit_api import ExitFunctions, atexit_module, report
from ._fresh_modules import (
    FRESH,
    SIMULATED,
    TELLING,
    calling_back,
    library_code,
    thread_bodies,
)
from ._interpreter_pool import interpreter_pool_modules
from ._kernel_lock import KernelLock
from ._models import install
from ._safe import (
    ENGINE,
    ENGINE_FOLDER,
    OUR_FOLDER,
    is_one_step,
    is_safe_in_threads,
    read_by,
)
from ._thread_api import MADE_IN_C, OnUncaught, thread_module
from ._thread_models import STARTED_BY_TWO
from ._thread_pool import THREAD_BODIES, simplify
from ._time_api import time_module

FILES_THAT_PROGRAMS_CALL = frozenset(
    str(module.__file__)
    for module in (
        _executor_model,
        _future_model,
        _handles,
        _kernel_lock,
        _locks,
        _operation,
        _primitive_models,
        _queue_model,
        _thread_api,
        _thread_models,
        _thread_pool,
        _time_api,
    )
)
"""Our own files with functions that programs call themselves."""

__all__ = [
    "ENGINE",
    "ENGINE_FOLDER",
    "EXECUTORS",
    "FILES_THAT_PROGRAMS_CALL",
    "FRESH",
    "MADE_IN_C",
    "OUR_FOLDER",
    "SIMULATED",
    "STARTED_BY_TWO",
    "TELLING",
    "THREAD_BODIES",
    "AsyncioInRun",
    "ExitFunctions",
    "KernelLock",
    "OnUncaught",
    "atexit_module",
    "calling_back",
    "install",
    "interpreter_pool_modules",
    "is_one_step",
    "is_safe_in_threads",
    "library_code",
    "loop_bodies",
    "read_by",
    "report",
    "simplify",
    "thread_bodies",
    "thread_module",
    "time_module",
]
