"""A program, and all that is worked out about it once for its many runs."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import CellType, CodeType, FrameType, FunctionType, MethodType, ModuleType
from typing import Any, cast

from ..bytecode import Site, SiteTable, backend, calls_of, sites_of
from ..library import (
    OUR_FOLDER,
    THREAD_BODIES,
    calling_back,
    is_one_step,
    is_safe_in_threads,
    loop_bodies,
    thread_bodies,
)
from ..runs import Place
from ._rebinding import Rebinding, real_things
from ._source import Source

Program = Callable[[], Any]
"""What can be run: it takes no arguments, and what it returns is the value of the run."""

_Owners = tuple[tuple[str, str], ...]

_LIBRARY_FOLDERS = tuple(
    sysconfig.get_paths()[name] + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib")
)


class Subject:
    """A program, with the sites of its code and the names that must be bound anew.

    Steps come from the program's file, from the sources that it refers to, and from all Python
    code that these call, directly or not, but for what is safe in threads by contract
    (:mod:`..library._safe`). Names in it that mean real threads, locks or clocks are bound to the
    simulated ones.

    Args:
        program: A callable without arguments.

    Attributes:
        program_codes: The identities of the code objects that are the program's own.
        first: The files that are executed before the program, whatever it does at first.
        prologues: For how many virtual seconds a file does something by itself, by the identity of
            its source; None if schedules matter for that, and it is a part of the run.
        unwatchable: What these files have used by themselves that cannot be watched.
        methods_change: True once a thread has changed what a class has, or its methods: only then
            is it a step to look one up.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.sites: dict[int, SiteTable] = {}
        self._tables: dict[tuple[CodeType, str, _Owners], SiteTable] = {}
        self._codes: list[CodeType] = []
        self._places: dict[tuple[int, int], Place] = {}
        self._rebindings: list[Rebinding] = []
        self._real = real_things()
        self._seen: set[int] = set()
        self._safe_folders: set[str] = set()
        self.first: list[Source] = []
        self.unwatchable: set[str] = set()
        self.prologues: dict[int, float | None] = {}
        code = _code_of(program)
        self._file = code.co_filename if code is not None else None
        self._visit(program)
        self.program_codes = frozenset(self.sites)
        for library in (*thread_bodies(), *THREAD_BODIES, *loop_bodies()):
            self._add_code(library, {})
        self._bodies = frozenset(self.sites) - self.program_codes
        for library, names in calling_back():
            self._codes.append(library)
            self.sites[id(library)] = calls_of(library, names)
        self._always_stepped = frozenset(self.sites)
        self._calling = self._always_stepped - self.program_codes - self._bodies
        self._is_safe: dict[str, bool] = {}
        self._is_open = False
        self.methods_change = False
        self.backend = backend(self)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Watch the program for as long as the context lasts; it may be opened again inside."""
        if self._is_open:
            yield
            return
        self._is_open = True
        try:
            with self.backend.opened():
                yield
        finally:
            self._is_open = False

    @property
    def codes(self) -> Sequence[CodeType]:
        """The code objects whose instructions are watched."""
        return self._codes

    def is_program(self, code: CodeType) -> bool:
        """Return True if ``code`` is the program's own, not a function of the library."""
        return id(code) in self.program_codes

    def is_body(self, code: CodeType) -> bool:
        """Return True for a function of the library in which a thread can begin."""
        return id(code) in self._bodies

    def calls_back(self, code: CodeType) -> bool:
        """Return True for a function of the library that calls what the program gave it."""
        return id(code) in self._calling

    def can_be_stepped(self, code: CodeType) -> bool:
        """Return True if the code is stepped where stepped code calls it."""
        if id(code) in self.sites:
            return True
        file = code.co_filename
        is_safe = self._is_safe.get(file)
        if is_safe is None:
            is_safe = is_safe_in_threads(file) or file.startswith(tuple(self._safe_folders))
            self._is_safe[file] = is_safe
        return not is_safe and not is_one_step(code)

    def is_stepped(self, frame: FrameType | None) -> bool:
        """Return True if the steps of a frame are steps of the program.

        The program's own code always is; other code, if stepped code has called it: the library
        may call the same function for its own ends.
        """
        while frame is not None:
            code = id(frame.f_code)
            if code in self._always_stepped:
                return True
            if code not in self.sites:
                return False
            frame = frame.f_back
        return False

    def step_into(self, code: CodeType) -> None:
        """Let the code have sites from now on."""
        if id(code) not in self.sites:
            self._add_code(code, {})

    def site_behind(self, frame: FrameType) -> Site | None:
        """Return the site at which a frame waits for what it has called, if it is stepped."""
        table = self.sites.get(id(frame.f_code))
        return None if table is None else table.behind.get(frame.f_lasti)

    def place_in(self, code: CodeType, line: int) -> Place:
        """Return the place of a line of the program; made once, since it is asked for often."""
        known = self._places.get((id(code), line))
        if known is None:
            known = self._places[id(code), line] = Place.in_code(code, line)
        return known

    @property
    def rebindings(self) -> Sequence[Rebinding]:
        """The names in the program that must mean simulated things during a run."""
        return self._rebindings

    def _visit(self, value: Any) -> None:
        kind = type(value)
        if (kind not in _VISITED and not isinstance(value, type)) or id(value) in self._seen:
            return
        self._seen.add(id(value))
        if isinstance(value, Source):
            self.first += [value] if value._settles else []
            self._add_code(value._code, {})
            self._safe_folders.update(_folders_of(value._safe))
        elif isinstance(value, partial):
            for part in (value.func, *value.args, *value.keywords.values()):
                self._visit(part)
        elif isinstance(value, MethodType):
            self._visit(value.__func__)
        elif isinstance(value, FunctionType):
            self._visit_function(value)
        elif isinstance(value, ModuleType):
            if not _is_library(getattr(value, "__file__", None)):
                self._visit_names(vars(value))
        elif isinstance(value, type):
            for member in list(vars(value).values()):
                parts = (getattr(member, name, None) for name in ("__func__", *_ACCESSORS))
                for function in (member, *parts):
                    if isinstance(function, FunctionType):
                        self._visit_function(function)

    def _visit_function(self, function: FunctionType) -> None:
        code = function.__code__
        if code.co_filename == self._file:
            self._add_code(code, {})
        elif _is_library(code.co_filename):
            return
        self._visit_names(function.__globals__)
        for cell in function.__closure__ or ():
            self._visit_cell(cell)
        for value in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            self._visit(value)

    def _visit_names(self, names: dict[str, Any]) -> None:
        if id(names) in self._seen:
            return
        self._seen.add(id(names))
        for name, found in list(names.items()):
            value = found
            if type(found).__name__ == "lazy_import":  # Since 3.15: nobody has used it so far.
                value = names[name] = cast(Any, found).resolve()
            self._rebind(value, partial(names.get, name), partial(names.__setitem__, name))
            self._visit(value)

    def _visit_cell(self, cell: CellType) -> None:
        if id(cell) in self._seen:
            return
        self._seen.add(id(cell))
        try:
            value = cell.cell_contents
        except ValueError:
            return
        self._rebind(value, lambda: cell.cell_contents, lambda v: setattr(cell, "cell_contents", v))
        self._visit(value)

    def _rebind(self, value: Any, get: Callable[[], Any], put: Callable[[Any], None]) -> None:
        known = self._real.get(id(value))
        if known is not None:
            self._rebindings.append(Rebinding(get, put, *known))

    def _add_code(self, code: CodeType, owners: dict[str, str]) -> None:
        if id(code) in self.sites:
            return
        self._codes.append(code)
        owned = tuple((n, owners[n]) for n in code.co_freevars if n in owners)
        # Text that each run compiles anew has the same sites in each: they are points by identity.
        key = code, code.co_filename, owned
        if key not in self._tables:
            self._tables[key] = sites_of(code, owned)
        self.sites[id(code)] = self._tables[key]
        inner = {**owners, **dict.fromkeys(code.co_cellvars, code.co_qualname)}
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self._add_code(constant, inner)


_ACCESSORS = ("fget", "fset", "fdel")
_VISITED = {Source, partial, MethodType, FunctionType, ModuleType}


def _is_library(file: str | None) -> bool:
    return file is None or file.startswith((*_LIBRARY_FOLDERS, OUR_FOLDER, "<"))


def _folders_of(packages: Iterable[str]) -> Iterator[str]:
    """Yield where the code of packages is that have been imported."""
    for name in packages:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is not None:
            yield os.path.dirname(file) + os.sep if file.endswith("__init__.py") else file


def _code_of(program: Program) -> CodeType | None:
    function: Any = program
    while isinstance(function, partial):
        function = function.func
    return getattr(getattr(function, "__func__", function), "__code__", None)
