"""The modules that a program sees in a run, and the interpreter put back afterwards.

``threading``, ``queue``, ``concurrent.futures`` and ``logging`` are the standard library's own
code, executed anew over the simulated ``_thread``, ``time`` and ``atexit`` for each run that
imports them.
"""

from __future__ import annotations

import _queue
import _thread
import builtins
import functools
import gc
import importlib
import random
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any, cast

from ..kernel import Kernel
from ..library import (
    FRESH,
    AsyncioInRun,
    ExitFunctions,
    OnUncaught,
    atexit_module,
    interpreter_pool_modules,
    report,
    thread_module,
    time_module,
)
from ..runs import Printed
from ._changes import Change, Library, replaced
from ._fresh import Finder, put_back
from ._interpreter import Interpreter
from ._output import Output
from ._rebinding import Rebinding
from ._source import Source, fill


class World:
    """Everything of the interpreter that a run replaces; a context manager around it.

    Args:
        kernel: Of the run.
        printed: Where what is printed goes.
        on_uncaught: Called with each exception that ends a thread, and the thread's name.
        rebound: Names in the program that mean simulated things during the run.
        set_apart: Around what a file does by itself, when the program first asks for it.
    """

    def __init__(
        self,
        kernel: Kernel,
        printed: list[Printed],
        on_uncaught: OnUncaught,
        rebound: Sequence[Rebinding],
        set_apart: Callable[[Source], AbstractContextManager[None]],
    ) -> None:
        self.kernel = kernel
        self._printed = printed
        self._rebound = rebound
        self._set_apart = set_apart
        self._exit_functions = ExitFunctions()
        self._simulated = {
            "_thread": thread_module(kernel, on_uncaught),
            "time": time_module(kernel),
            "atexit": atexit_module(self._exit_functions),
            "_queue": _queue_module(),
            **interpreter_pool_modules(),
        }
        self._asyncio = AsyncioInRun(kernel)
        self._library = Library()
        self._modules: dict[int, ModuleType | BaseException] = {}
        self._numbers: dict[int, tuple[int, Any]] = {}

        def identity(thing: Any, /) -> int:
            return self._number(thing)

        identity.__name__ = identity.__qualname__ = "id"
        identity.__module__ = "_thread"
        self._identity = identity
        self.threading: Any = None

    def __enter__(self) -> World:
        self._interpreter = Interpreter()
        self._builtins = dict(vars(builtins))
        self._parents = [(vars(owner), name) for owner, name in _fresh_submodules()]
        self._submodules = [names.get(name) for names, name in self._parents]
        self._output = output = Output(self.kernel, self._printed)
        self._outside = (sys.stdout, sys.stderr, sys.unraisablehook)
        self._inside = (
            output.stream("stdout", sys.stdout),
            output.stream("stderr", sys.stderr),
            self._on_unraisable,
        )
        self._gc_was_enabled = gc.isenabled()
        gc.disable()
        random.seed(0)
        for names, name in self._parents:
            names.pop(name, None)
        for name in FRESH:
            sys.modules.pop(name, None)
        sys.modules.update(self._simulated)
        sys.meta_path.insert(0, cast(Any, Finder(self.kernel.is_ours, self._library.remember)))
        sys.stdout, sys.stderr, sys.unraisablehook = self._inside
        for module in self._simulated.values():
            self._library.remember(module)
        return self

    def __exit__(self, *_exception: object) -> None:
        # The program may have switched it on: a collection here would call its destructors in a
        # world that is half put back. They are called in the end, in ``_throw_away``.
        gc.disable()
        found = builtins.__dict__.copy()
        builtins.__dict__.update(self._builtins)  # Before the first of them is called here.
        self._output.close()
        for rebinding in self._rebound:
            rebinding.put_back()
        self._asyncio.put_back()
        self._interpreter.put_back()
        # By the interpreter's own builtins, and before the fresh modules forget what the program
        # has put into them.
        self._library.note(replaced("builtins", self._builtins, found), is_left=True)
        self._library.note(self._library.changes(), is_left=True)
        # After ``Interpreter.put_back``, which takes the fresh modules out of their packages.
        for (names, name), module in zip(self._parents, self._submodules, strict=True):
            if module is None:
                names.pop(name, None)
            else:
                names[name] = module
        self._throw_away()

    def _throw_away(self) -> None:
        """Finalize what the program leaves behind while its output still goes nowhere.

        Nothing was collected during the run, so all of it is in the youngest generation.
        """
        self._modules.clear()
        self._numbers.clear()
        self._simulated.clear()
        self._exit_functions.clear()
        self.threading = None
        # The program's objects are in what was cleared and in the fresh modules: only when these
        # have forgotten them too are they garbage. Their destructors print to a run that is over.
        sys.stdout, sys.stderr, sys.unraisablehook = self._inside
        put_back()
        gc.collect(0)
        sys.stdout, sys.stderr, sys.unraisablehook = self._outside
        if self._gc_was_enabled:
            gc.enable()

    def _on_unraisable(self, unraisable: Any) -> None:
        """Report an exception in ``__del__`` and the like, without addresses."""
        thread = self.kernel.me()
        if thread is None and not self._output.takes("stderr", ""):
            self._outside[2](unraisable)
        elif thread is not None and not self.kernel.stopping:
            report(_heading(unraisable), unraisable.exc_value)

    @property
    def changes(self) -> dict[Change, bool]:
        """What the program has replaced in its modules, and whether it was so until the end."""
        return self._library.noted

    def begin(self) -> None:
        """Import ``threading`` in the run's main thread and give the program its modules."""
        self.threading = importlib.import_module("threading")
        if hasattr(functools, "RLock"):  # of cached_property, until 3.11
            functools.RLock = self.threading.RLock
        self._asyncio.apply()
        for rebinding in self._rebound:
            rebinding.apply()

    def close_output(self) -> None:
        """Put what was printed last among what was printed."""
        self._output.close()

    def shut_down(self) -> None:
        """Do what the interpreter's exit does: wait for threads, then call exit functions."""
        self.threading._shutdown()
        self._exit_functions.run()

    def leave_thread(self) -> None:
        """Let the real ``threading`` forget the calling thread.

        Library code imported before the run may have asked it for the current thread; it
        then keeps a stand-in for ever (until 3.12).
        """
        known = threading._active  # type: ignore[attr-defined]
        ident = _thread.get_ident()
        if isinstance(known.get(ident), threading._DummyThread):
            known.pop(ident)

    def module_of(self, source: Source) -> ModuleType:
        """Return the source's module of this run; executed at the first call.

        Raises:
            BaseException: What the module's code raised, again at each call.
        """
        found = self._modules.get(id(source))
        if isinstance(found, BaseException):
            raise found
        if found is None:
            name = source._path.stem
            found = ModuleType(name)
            found.__dict__["id"] = self._identity
            self._modules[id(source)] = found
            sys.modules[name] = found
            changed_before = set(self._library.changes())
            modules_before = dict(sys.modules)
            builtins_before = builtins.__dict__.copy()
            self.kernel.is_importing = True
            try:
                with self._set_apart(source):
                    fill(found, source)
            except BaseException as error:
                self._modules[id(source)] = error
                raise
            finally:
                builtins_after = builtins.__dict__.copy()
                builtins.__dict__.update(builtins_before)  # Before one of them is called here.
                changes = replaced("builtins", builtins_before, builtins_after)
                self._library.note(changes, is_left=False)
                self._put_back_modules(modules_before)
                undone = self._library.put_back(changed_before)
                self._library.note(undone, is_left=False)
                self.kernel.is_importing = False
        return found

    def _put_back_modules(self, before: dict[str, ModuleType]) -> None:
        """Let names of simulated modules mean these again, whatever a file has put there."""
        names = {name for name in FRESH if not name.startswith("logging")}  # It is not remembered.
        for name in sorted(names | {*self._simulated}):
            found = sys.modules.get(name)
            if found is not None and not self._library.knows(found):
                sys.modules.pop(name)
                if name in before and before[name] is not found:
                    sys.modules[name] = before[name]
                self._library.note([Change(name, "", 0)], is_left=False)

    def _number(self, thing: Any) -> int:
        """Stand in for ``id``: number objects in the order in which they were asked about.

        Addresses differ from run to run; a program that sorts its locks by ``id`` would take
        them in another order when a schedule is run again.
        """
        number, _kept_alive = self._numbers.setdefault(id(thing), (len(self._numbers) + 1, thing))
        return number

    def peek(self, source: Source) -> ModuleType | None:
        """Return the source's module if this run has begun to execute it."""
        found = self._modules.get(id(source))
        return found if isinstance(found, ModuleType) else None


def _heading(unraisable: Any) -> str:
    """Return what was ignored; from Python 3.14 on the message names a function itself."""
    message, thing = unraisable.err_msg or "Exception ignored in", unraisable.object
    if thing is None:
        return _FUNCTION.sub(r"\1", message) + ":"
    return f"{message}: {getattr(thing, '__qualname__', type(thing).__qualname__)}"


_FUNCTION = re.compile(r"<function (\S+) at 0x[0-9A-Fa-f]+>")


def _fresh_submodules() -> Iterator[tuple[ModuleType, str]]:
    """Yield the real packages in which a fresh module will be bound, with its name there."""
    for full_name in sorted(FRESH):
        parent, _dot, name = full_name.rpartition(".")
        package = sys.modules.get(parent)
        if package is not None and parent not in FRESH:
            yield package, name


def _queue_module() -> ModuleType:
    """Return a ``_queue`` without the C ``SimpleQueue``, whose lock is a real one."""
    module = ModuleType("_queue")
    vars(module)["Empty"] = _queue.Empty
    return module
