"""What happens when a thread reaches a site: which resources it touches, and what it sees.

Resources: ``("attribute", name, id)``, ``("global", name, id of the namespace)``,
``("object", "", id)`` for all attributes of an object, or all names of a namespace, at once,
``("cell", name, owner)``, ``("items", "", id)`` for a container or another object as a whole and
``("items", "", id, key)`` for one of its items, ``("files", "")`` and ``WORLD`` for anything. An
object that could not be determined leaves its id out, which stands for every object.
"""

from __future__ import annotations

import builtins
import gc
import inspect
import operator
import sys
import weakref
from _thread import _local
from collections.abc import Iterable, Iterator
from contextvars import Context
from functools import partial
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    CodeType,
    FrameType,
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

from ._bytecode import Expression, Site
from ._called_back import use_of_items
from ._effects import (
    CHANGED_FUNCTION,
    CHANGED_LIBRARY,
    CHANGED_METHOD,
    FILE_FUNCTIONS,
    MADE_BEFORE,
    UNKNOWN_EFFECT,
    UNKNOWN_NAMES,
    UNWATCHABLE,
    UNWATCHABLE_FUNCTIONS,
    WEAK_REFERENCES,
    Effect,
    effect_of,
)
from ._footprint import INTENT_READ, INTENT_WRITE, READ, WORLD, WRITE, Resource
from ._kernel import Kernel
from ._library import FRESH, OUR_FOLDER
from ._natures import Nature, is_written_in_c
from ._objects import (
    has_item,
    is_method_in_c,
    is_method_or_property,
    looked_through,
    method_behind,
    method_of,
    module_namespace,
    object_of,
    peek,
    peek_attribute,
    static_lookup,
    super_of,
    text_of,
)
from ._simulated_thread import Lap, SimulatedThread, SiteKey
from ._subject import Subject
from ._touching import ATOMS, FILES, Touching
from ._values import NEW, PENDING, UNKNOWN, Made
from .run import Place, Step

_NEVER = object()
_REAL_MODULES = ("_thread", "_queue")
_REAL_THREADS = ("threading", "queue", "concurrent.futures.thread", "multiprocessing.pool")
_GENERATORS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class Watcher:
    """Turns sites into touched resources, points and recorded steps, for one run."""

    def __init__(
        self,
        kernel: Kernel,
        steps: list[Step],
        subject: Subject,
    ) -> None:
        self._kernel = kernel
        self._steps = steps
        self._subject = subject
        self._touching = Touching()
        self._number = self._touching.number
        self._handlers = {kind: getattr(self, name) for kind, name in _HANDLERS.items()}
        loaded = [(name, sys.modules.get(name)) for name in _REAL_THREADS]
        self._real = {id(vars(module)): name for name, module in loaded if module is not None}

    def on_site(self, site: Site, frame: FrameType) -> None:
        """React to a thread that is about to execute the instruction at ``site``."""
        thread = self._kernel.me()
        if thread is None:
            return
        kernel = self._kernel
        if kernel.stopping:
            kernel.point(thread, None)
        if thread.unresolved_write is not None:
            resolve, thread.unresolved_write = thread.unresolved_write, None
            resolve()
        if thread.in_generators:
            self.leave_generators(thread, site, frame)
        thread.was_held = False
        if self._subject.is_body(site.code):
            self._on_site_of_library(thread, site, frame)
        else:
            self._handlers[site.kind](thread, site, frame)
        is_in_generator = site.code.co_flags & inspect.CO_GENERATOR and site.kind not in _CALLS
        if is_in_generator and not thread.was_held and kernel.is_point(site):
            self._hold(thread, site)  # It may be the last place before an exception leaves it.
        thread.working_at[id(frame)] = site if thread.was_held else None

    def _on_site_of_library(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """React in a function of the library in which a thread begins.

        Its own variables order nothing. What it calls for the program (with ``*args``, or
        ``**kwargs`` that it looks at before) is seen as if the program had called it; its other
        calls tell of themselves.
        """
        if site.kind in ("spread_call", "look", "loop"):
            self._handlers[site.kind](thread, site, frame)
        elif site.kind in ("call", "enter"):
            self._arrive(thread, site)
        elif site.kind == "next":
            self._kernel.count_lap(thread)
            thread.own_changes += 1
        elif site.keep and site.kind == "load_attr":
            target = self._value(thread, site.operands[0], frame)
            self._note(thread, site, frame, peek_attribute(target, site.name))
        elif site.keep and site.kind == "load_item":
            found = [self._value(thread, operand, frame) for operand in site.operands]
            self._note(thread, site, frame, _peek_item(*found))
        elif site.keep:
            self._note(thread, site, frame, NEW)

    def read_at_end(self, thread: SimulatedThread, value: Any, site: SiteKey) -> None:
        """Touch what a program has returned, as it is read when it has ended."""
        for resource, mode, _target in self._touching.used("o", value):
            if len(resource) > 2:
                thread.touch(resource[:2], INTENT_READ, site)
            thread.touch(resource, mode, site)

    def on_return(self, frame: FrameType, value: Any) -> None:
        """React to a function that is about to return a value."""
        thread = self._kernel.me()
        caller = frame.f_back
        if thread is None or caller is None or self._kernel.stopping:
            return
        if frame.f_code.co_flags & _GENERATORS:
            # Others may take over a generator that hands over an item: in 3.11 that is so while
            # this is called, and to give way here would let two threads use one frame.
            return
        site = self._subject.site_behind(caller)
        if site is None:
            return
        key = id(caller), site.offset
        if frame.f_code.co_name == "__iter__" and site.kind != "iterate":
            thread.was_held = False
            self._use(thread, site.again, "r", value)  # It goes to what asked for it, in C.
        is_result = frame.f_code.co_name != "__init__" and value is not NotImplemented
        if is_result and thread.noted.get(key) is PENDING:
            thread.noted[key] = value
        self._go_on(thread, site, caller)

    def _go_on(self, thread: SimulatedThread, site: Site, caller: FrameType) -> None:
        """Touch once more what an instruction works on that has called something back.

        A function in C may look again at what it was given, and others may have changed it.
        """
        if thread.working_at.get(id(caller)) is site and len(self._kernel.threads) > 1:
            handler = self._handlers.get("send" if site.kind == "next" else site.kind)
            thread.was_held = site.kind == "loop"
            if handler is not None and not thread.was_held:
                handler(thread, site.again, caller)

    def _arrive(self, thread: SimulatedThread, site: Site) -> None:
        """Note that library code may be called from ``site``: a step of its own."""
        thread.site = site
        thread.is_fresh_call = True

    # -- loops and calls ---------------------------------------------------------------

    def _on_loop(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        for operand in site.operands:
            self._use(thread, site, "r", self._value(thread, operand, frame))
        # One object for each variable, so that laps are compared by identity.
        values = tuple(frame.f_locals.values()) if frame.f_code.co_flags & 1 else ()
        lap = Lap(frame, site.offset, values, is_test=bool(site.operands))
        self._kernel.lap(thread, lap, site.place)

    def _on_import(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        if site.keep:
            self._note(thread, site, frame, sys.modules.get(site.name, UNKNOWN))

    def _on_call(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        callee = site.operands[0]
        arguments = [self._value(thread, operand, frame) for operand in site.operands[1:]]
        if site.kind == "spread_call":
            arguments = list(_spread(arguments))
        if callee is not None and callee[0] == "method":
            result = self._method_called(thread, site, frame, callee, arguments)
        else:
            function = self._value(thread, callee, frame)
            result = self._called(thread, site, frame, function, arguments)
        if site.keep:
            self._note(thread, site, frame, result)

    def _on_spread_call(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Look at ``f(*items, **names)``: the items are read by the call itself."""
        for operand in site.operands[1:]:
            self._use(thread, site, "r", self._value(thread, operand, frame))
        self._on_call(thread, site, frame)

    def _method_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        callee: tuple[Any, ...],
        arguments: list[Any],
    ) -> Any:
        """Touch what a call of a method touches, and return what is known of its result."""
        _kind, target, name, looked_up = callee
        found = self._value(thread, target, frame)
        if type(found) is Made and found.kind is not None:
            method = static_lookup(found.kind, name)
        elif found is UNKNOWN or type(found) is Made:
            return self._unknown_method_called(thread, site, found, name, arguments)
        elif isinstance(found, type) and static_lookup(found, name) is not None:
            method = None  # The class's own, not its metaclass's.
        else:
            method = method_of(found, name)
        if isinstance(method, GetSetDescriptorType):
            method = None
        is_super, this = type(found) is super, object_of(found)
        if method is None or isinstance(method, property):
            # In the object itself, or made by its class: what was looked up is called.
            function = thread.noted.get((id(frame), looked_up), UNKNOWN)
            if function is UNKNOWN and not is_super:
                function = peek_attribute(this, name)
            return self._called(thread, site, frame, function, arguments)
        if isinstance(method, staticmethod | classmethod):
            return self._called(thread, site, frame, method.__func__, arguments)
        if name in _SETTERS and not isinstance(method, FunctionType):
            is_plain = isinstance(this, type) and not is_super
            operands = arguments if is_plain else [this, *arguments]
            return self._attribute_function_called(
                thread, site, _SETTERS[name], operands, asks_class=False
            )
        if isinstance(method, FunctionType | partial):
            return self._called(thread, site, frame, method, [this, *arguments])
        return self._c_called(thread, site, frame, method, this, arguments)

    def _unknown_method_called(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, arguments: list[Any]
    ) -> Any:
        if target is UNKNOWN and name in _HARMLESS_METHODS:
            return NEW
        uses = _METHOD_USES.get(name)
        if uses is None:
            if name not in _OWN_METHODS:
                for value in (target, *arguments):
                    self._use(thread, site, "*", value)
            thread.own_changes += 1
            return PENDING
        self._use(thread, site, uses, target)
        for argument in arguments:
            self._use(thread, site, "d", argument)
        thread.own_changes += uses != "d"
        return UNKNOWN

    def _called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        function: Any,
        arguments: list[Any],
    ) -> Any:
        """Touch what a call touches, and return what is known of its result."""
        while isinstance(function, partial | MethodType):
            if isinstance(function, partial):
                arguments = [*function.args, *arguments, *function.keywords.values()]
                function = function.func
            else:
                arguments = [function.__self__, *arguments]
                function = function.__func__
        if type(function) is _NewFunction:
            return NEW if function.code.co_flags & _GENERATORS else PENDING
        if isinstance(function, FunctionType):
            return self._python_called(thread, site, function, arguments)
        if isinstance(function, type):
            return self._class_called(thread, site, frame, function, arguments)
        if isinstance(function, weakref.ref):
            if self._subject.is_program(site.code):
                self._kernel.unwatchable.add(WEAK_REFERENCES)
            return function() or NEW
        if type(function) is Made and function.kind is partial and function.parts:
            first, *others = function.parts
            return self._called(thread, site, frame, first, [*others, *arguments])
        if type(function) is Made and function.kind is not None:
            if isinstance(static_lookup(function.kind, "__call__"), FunctionType):
                return PENDING
            effect = _CALLED.get(function.kind, UNKNOWN_EFFECT)
            return self._effect(thread, site, frame, effect, function, arguments)
        if function is UNKNOWN or function is PENDING or type(function) is Made:
            self._touch(thread, site, WORLD, WRITE, "anything", UNKNOWN)
            thread.own_changes += 1
            return UNKNOWN
        if isinstance(static_lookup(type(function), "__call__"), FunctionType):
            return PENDING
        if isinstance(function, BuiltinFunctionType | MethodWrapperType):
            if is_method_in_c(function):
                this, method = function.__self__, method_behind(function)
                return self._c_called(thread, site, frame, method, this, arguments)
            return self._c_called(thread, site, frame, function, _NEVER, arguments)
        if isinstance(function, ClassMethodDescriptorType):
            return self._c_called(thread, site, frame, function, NEW, arguments)
        if isinstance(function, _METHODS_IN_C) and function.__name__ in _SETTERS:
            word = _SETTERS[function.__name__]
            return self._attribute_function_called(thread, site, word, arguments, asks_class=False)
        if isinstance(function, _METHODS_IN_C):
            this, *others = arguments or [UNKNOWN]
            return self._c_called(thread, site, frame, function, this, others)
        if type(function).__module__ == "_asyncio":
            return UNKNOWN  # The next step of a coroutine, which is seen.
        effect = _CALLED.get(type(function), UNKNOWN_EFFECT)
        self._check_is_watchable(type(function), site)
        return self._effect(thread, site, frame, effect, function, arguments)

    def _python_called(
        self, thread: SimulatedThread, site: Site, function: FunctionType, arguments: list[Any]
    ) -> Any:
        code = function.__code__
        if self._subject.can_be_stepped(code):
            return NEW if code.co_flags & _GENERATORS else PENDING
        if id(function.__globals__) in self._real:
            self._kernel.unwatchable.add(MADE_BEFORE)
        module = function.__module__ or ""
        is_known = module in FRESH or code.co_filename.startswith(OUR_FOLDER)
        if not is_known or module.startswith("logging"):
            uses = "d"
        else:
            uses = "r" if code.co_name in ("map", "imap", "starmap") else "."
        for argument in arguments:
            self._use(thread, site, uses, argument)
        thread.own_changes += not is_known
        return NEW if code.co_flags & _GENERATORS else PENDING

    def _class_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        kind: type,
        arguments: list[Any],
    ) -> Any:
        if type(kind) is not type and isinstance(
            static_lookup(type(kind), "__call__"), FunctionType
        ):
            return PENDING
        if kind is type and len(arguments) == 1:
            (value,) = arguments
            is_known = value is not UNKNOWN and value is not PENDING and type(value) is not Made
            return type(value) if is_known else UNKNOWN
        if kind.__module__ == "weakref" and self._subject.is_program(site.code):
            self._kernel.unwatchable.add(WEAK_REFERENCES)
        effect = effect_of(kind)
        if effect is UNKNOWN_EFFECT:
            new, init = (static_lookup(kind, name) for name in ("__new__", "__init__"))
            if isinstance(getattr(new, "__func__", new), FunctionType):
                return PENDING
            nature = self._touching.nature_of_class(kind)
            if nature in (Nature.PLAIN, Nature.OWN) or issubclass(kind, BaseException):
                return Made(kind=kind)
            base = next(base for base in kind.__mro__ if is_written_in_c(base))
            effect = effect_of(base)
            if isinstance(init, FunctionType) and nature is Nature.CONTAINER:
                effect = Effect(".", "new")
            self._check_is_watchable(base, site)
        return self._effect(thread, site, frame, effect, _NEVER, arguments, kind)

    def _c_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        function: Any,
        this: Any,
        arguments: list[Any],
    ) -> Any:
        """Touch what a call of something written in C touches."""
        name = getattr(function, "__name__", "")
        if this is _NEVER and getattr(builtins, name, None) is function:
            special = getattr(self, f"_builtin_{name}", None)
            if special is not None:
                return special(thread, site, frame, arguments)
        effect = effect_of(function)
        owner = getattr(function, "__objclass__", None)
        if owner is not None and owner.__module__ in _REAL_MODULES and owner is not _local:
            # To give way here might let another thread wait for real, for ever.
            self._kernel.unwatchable.add(MADE_BEFORE)
            return UNKNOWN
        if effect is UNKNOWN_EFFECT:
            self._check_is_watchable(function, site)
            self._touch_hidden(thread, site, function)
        if function is _TYPE_CALL and isinstance(this, type):
            return self._class_called(thread, site, frame, this, arguments)
        if function is _CONTEXT_RUN and arguments:
            self._use(thread, site, "w", this)
            return self._called(thread, site, frame, arguments[0], arguments[1:])
        if function is _DICT_ITEMS:
            return Made((this,), True, zip)
        if function is _DICT_GET:
            self._effect(thread, site, frame, effect, this, arguments)
            return _peek_item(this, *arguments[:2])
        return self._effect(thread, site, frame, effect, this, arguments)

    def _effect(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        effect: Effect,
        this: Any,
        arguments: list[Any],
        kind: type | None = None,
    ) -> Any:
        given = arguments if this is _NEVER else [this, *arguments]
        for place, value in enumerate(given):
            use = effect.use_of(place)
            if use != ".":
                self._use(thread, site, use, value)
                thread.own_changes += use in "wu*"
        called_with = use_of_items(given) if effect.calls or effect.later != "." else "."
        if effect.calls and called_with != ".":
            for value in given:
                self._use(thread, site, called_with, value)
            thread.own_changes += called_with == "*"
        if effect.result == "any":
            return UNKNOWN
        if effect.asks and any(map(self._is_python, given)):
            others = sum(not self._is_python(value) and type(value) not in ATOMS for value in given)
            return UNKNOWN if others else PENDING
        is_view = effect.later != "."
        parts = tuple(given) if is_view or effect.result.startswith("of") else ()
        use = called_with if called_with != "." else effect.later
        return Made(parts, is_view, kind, use)

    def _is_python(self, value: Any) -> bool:
        """Return True if methods of a value may be in Python."""
        if type(value) is Made:
            return value.kind is not None and (
                self._touching.nature_of_class(value.kind) is Nature.PLAIN
            )
        return self._touching.nature(value) is Nature.PLAIN

    def _check_is_watchable(self, function: Any, site: Site) -> None:
        """Note what a program uses that cannot be watched."""
        module = getattr(function, "__module__", None)
        if module is None:
            module = getattr(getattr(function, "__objclass__", None), "__module__", None) or ""
        name = getattr(function, "__name__", "")
        unwatchable = self._kernel.unwatchable
        if module in UNWATCHABLE:
            unwatchable.add(UNWATCHABLE[module])
        elif self._subject.is_program(site.code):
            if name in UNWATCHABLE_FUNCTIONS.get(str(module), ()):
                unwatchable.add(f"{module.lstrip('_')}.{name}")
            elif module == "sys.monitoring":
                unwatchable.add(module)

    def _touch_hidden(self, thread: SimulatedThread, site: Site, function: Any) -> None:
        """Touch what a function of a module may remember between its calls."""
        if type(function) is BuiltinFunctionType and function.__module__ is not None:
            module = function.__module__
            where: Resource = ("module", str(module))
            if module in FILE_FUNCTIONS:
                where = FILES
            self._touch(thread, site, where, WRITE, getattr(function, "__name__", ""), UNKNOWN)

    # -- builtins with a way of their own ------------------------------------------------

    def _builtin_getattr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        return self._attribute_function_called(thread, site, "getattr", arguments)

    def _builtin_hasattr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        self._attribute_function_called(thread, site, "getattr", arguments)
        return NEW

    def _builtin_setattr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        return self._attribute_function_called(thread, site, "setattr", arguments)

    _builtin_delattr = _builtin_setattr

    def _attribute_function_called(
        self,
        thread: SimulatedThread,
        site: Site,
        function: str,
        arguments: list[Any],
        asks_class: bool = True,
    ) -> Any:
        target, name = (*arguments, UNKNOWN, UNKNOWN)[:2]
        writes = function != "getattr"
        if name == "__dict__":
            if writes:
                self._names_replaced(thread, site, target, (*arguments, UNKNOWN)[2])
            return self._names_of(thread, site, target)
        if not isinstance(name, str):
            self._touch(thread, site, WORLD, WRITE if writes else READ, "an attribute", UNKNOWN)
            return UNKNOWN
        target = object_of(target)
        self._on_attribute(thread, site, target, name, writes, asks_class)
        if writes:
            return NEW
        found = peek_attribute(target, name)
        return PENDING if found is UNKNOWN and is_method_or_property(target, name) else found

    def _builtin_vars(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        if not arguments:
            return frame.f_locals
        return self._names_of(thread, site, arguments[0])

    def _builtin_globals(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        self._touching.is_namespace_of(frame.f_globals, frame.f_globals)
        return frame.f_globals

    def _names_replaced(self, thread: SimulatedThread, site: Site, target: Any, names: Any) -> None:
        """Note that an object has other attributes from now on: those of a dict."""
        self._use(thread, site, "*", target)
        if isinstance(names, dict):
            self._touching.has_names(target, names)
        else:
            self._kernel.unwatchable.add(UNKNOWN_NAMES)

    def _builtin_exec(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for names in arguments[1:2]:
            self._touching.is_namespace_of(names, names)
        return NEW

    _builtin_eval = _builtin_exec

    def _builtin_iter(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for value in arguments:
            self._use(thread, site, "r", value)
        is_python = bool(arguments) and self._touching.nature(arguments[0]) is Nature.PLAIN
        return PENDING if is_python else Made(tuple(arguments), True)

    def _builtin_print(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        names = vars(sys)
        self._touch(thread, site, ("global", "stdout", self._number(names)), READ, "stdout", names)
        if not type(sys.stdout).__module__.startswith(__package__):
            self._use(thread, site, "w", sys.stdout)  # It was redirected.
        for value in arguments:
            self._use(thread, site, "d", value)
        return NEW

    def _names_of(self, thread: SimulatedThread, site: Site, target: Any) -> Any:
        """Return an object's attributes as the dict that they are in."""
        if target is UNKNOWN or target is PENDING:
            self._kernel.unwatchable.add(UNKNOWN_NAMES)
            return UNKNOWN
        if type(target) is Made:
            return NEW
        namespace = module_namespace(target)
        if namespace is not None:
            self._touching.is_namespace_of(namespace, namespace)
            return namespace
        found = peek_attribute(target, "__dict__")
        if isinstance(target, type):
            for names in gc.get_referents(found):
                self._touching.is_namespace_of(names, target)
            return found
        self._touching.is_namespace_of(found, target)
        return found

    def _builtin_next(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        thread.own_changes += 1
        return self._step_iterator(thread, site, frame, arguments[0] if arguments else UNKNOWN)

    # -- attributes --------------------------------------------------------------------

    def _on_load_attr(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target = self._value(thread, site.operands[0], frame)
        self._arrive(thread, site)
        if site.name == "__dict__":
            found = self._names_of(thread, site, target)
        elif site.name == "__globals__" and isinstance(target, FunctionType):
            found = target.__globals__
            self._touching.is_namespace_of(found, found)
        else:
            self._on_attribute(thread, site, target, site.name, writes=False)
            if not site.keep:
                return
            found = peek_attribute(target, site.name)
            if found is UNKNOWN and target is not UNKNOWN:
                found = PENDING
        if site.keep:
            self._note(thread, site, frame, found)

    def _on_store_attr(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target = self._value(thread, site.operands[0], frame)
        self._arrive(thread, site)
        if site.name == "__dict__":
            value = self._value(thread, site.operands[1], frame) if site.operands[1:] else UNKNOWN
            self._names_replaced(thread, site, target, value)
            return
        self._on_attribute(thread, site, target, site.name, writes=True)

    def _on_match_class(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target, kind, names = (self._value(thread, each, frame) for each in site.operands)
        self._arrive(thread, site)
        is_plain = type(kind) is type and target is not UNKNOWN
        if is_plain and kind not in type(target).__mro__:
            return  # No attribute is looked at.
        found = static_lookup(kind, "__match_args__") if isinstance(kind, type) else None
        places = found[: int(site.name)] if isinstance(found, tuple) else ()
        for name in (*places, *(names if isinstance(names, tuple) else ())):
            if isinstance(name, str):
                self._on_attribute(thread, site, target, name, writes=False)

    def _on_attribute(
        self,
        thread: SimulatedThread,
        site: Site,
        target: Any,
        name: str,
        writes: bool,
        asks_class: bool = True,
    ) -> None:
        """Touch an attribute; its class may answer for it, if it is asked."""
        mode = WRITE if writes else READ
        if type(target) is Made:
            return
        if target is UNKNOWN or target is PENDING or type(target) is super:
            # Some class of its object has it.
            self._touch(thread, site, ("attribute", name), mode, name, UNKNOWN)
            return
        namespace = module_namespace(target)
        if writes and not self._kernel.is_importing:
            self._on_odd_change(thread, site, target, name)
        if namespace is not None:
            self._touch(thread, site, ("global", name, self._number(namespace)), mode, name, target)
            return
        if asks_class and self._is_answered_in_python(target, writes):
            return
        if not self._is_generic(thread, site, target, name, writes):
            return
        self._hold(thread, site)
        owner = target
        if not writes:
            *passed_over, owner = looked_through(target, name)
            for each in passed_over:
                thread.touch(("attribute", name), INTENT_READ, site)
                thread.touch(("attribute", name, self._number(each)), READ, site)
        self._touch(thread, site, ("attribute", name, self._number(owner)), mode, name, target)

    def _on_odd_change(self, thread: SimulatedThread, site: Site, target: Any, name: str) -> None:
        """Note a change of what is looked up to be called, which is no step as a rule."""
        if _is_of_library(target):
            self._kernel.unwatchable.add(CHANGED_LIBRARY)
        elif isinstance(target, FunctionType) and name in _PARTS_OF_FUNCTIONS:
            self._kernel.unwatchable.add(CHANGED_FUNCTION)
        if isinstance(target, type) and name.startswith("__") and len(self._kernel.threads) > 1:
            self._kernel.unwatchable.add(CHANGED_METHOD)
        is_of_all = isinstance(target, type) or name == "__class__"
        is_method = isinstance(static_lookup(type(target), name), FunctionType)
        if len(self._kernel.threads) > 1 and (is_of_all or is_method):
            self._subject.methods_change = True
        if name == "__class__":
            self._touch(thread, site, ("object", "", self._number(target)), WRITE, name, target)

    def _is_answered_in_python(self, target: Any, writes: bool) -> bool:
        name = "__setattr__" if writes else "__getattribute__"
        return isinstance(static_lookup(type(target), name), FunctionType)

    def _is_generic(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, writes: bool
    ) -> bool:
        """Return True if an attribute is kept by name in its object or one of its classes.

        If it is not, what answers for it is Python code, which is seen, or is touched here.
        """
        mode = WRITE if writes else READ
        if isinstance(target, type):
            return not isinstance(static_lookup(type(target), name), property)
        method = static_lookup(type(target), "__setattr__" if writes else "__getattribute__")
        if isinstance(target, _local) and static_lookup(type(target), name) is None:
            thread.own_changes += writes  # Each thread has an attribute of its own.
            return False
        if self._touching.nature(target) is Nature.OPAQUE and method not in _GENERIC:
            found = static_lookup(type(target), name)
            if writes or not isinstance(found, MethodDescriptorType):
                self._touch(thread, site, ("attribute", name), mode, name, UNKNOWN)
                self._use(thread, site, "w", target)
            return False
        if is_method_or_property(target, name):
            found = static_lookup(type(target), name)
            if isinstance(found, property):
                function = found.fset if writes else found.fget
                if function is not None and not isinstance(function, FunctionType):
                    self._use(thread, site, "*", function)
                    self._use(thread, site, "*", target)
            return self._subject.methods_change and not isinstance(found, property)
        found = static_lookup(type(target), name)
        return found is None or self._is_state(thread, site, target, name, found, writes)

    def _is_state(
        self,
        thread: SimulatedThread,
        site: Site,
        target: Any,
        name: str,
        found: Any,
        writes: bool,
    ) -> bool:
        """Return True if what a class has by an attribute's name does not answer for it."""
        kind = type(found).__name__
        if kind in ("method_descriptor", "wrapper_descriptor", "builtin_function_or_method"):
            return writes
        if kind == "getset_descriptor":
            if name == "cell_contents":
                self._touch(thread, site, WORLD, WRITE if writes else READ, name, UNKNOWN)
            elif name not in ("__class__", "__dict__", "__weakref__") or writes:
                self._use(thread, site, "w" if writes else "r", target)
                return True
            return False
        if kind in ("member_descriptor", "staticmethod", "classmethod", "property"):
            return True
        accessor = static_lookup(type(found), "__set__" if writes else "__get__")
        if accessor is None or isinstance(accessor, FunctionType):
            return accessor is None or not writes
        self._use(thread, site, "*", found)
        self._use(thread, site, "*", target)
        return True

    # -- variables -----------------------------------------------------------------------

    def _on_load_global(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        namespace = self._names_in(thread, site, frame, READ)
        for names in (namespace, vars(builtins)) if namespace is not None else ():
            resource = ("global", site.name, self._number(names))
            self._touch(thread, site, resource, READ, site.name, names)
            if site.name in names:
                break
        if site.keep:
            found = (namespace or {}).get(site.name, UNKNOWN)
            if found is UNKNOWN:
                found = getattr(builtins, site.name, UNKNOWN)
            self._note(thread, site, frame, found)

    def _on_store_global(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        namespace = self._names_in(thread, site, frame, WRITE)
        if namespace is not None:
            resource = ("global", site.name, self._number(namespace))
            self._touch(thread, site, resource, WRITE, site.name, namespace)

    def _names_in(
        self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int
    ) -> dict[str, Any] | None:
        """Return the namespace that a name means; text that is executed may have two."""
        if not site.is_name:
            return frame.f_globals
        names = frame.f_locals
        if names is frame.f_globals or not isinstance(names, dict):
            return frame.f_globals
        if mode == WRITE or site.name in names:
            self._item_touched(thread, site, names, site.name, mode)
            return names if mode == READ else None
        return frame.f_globals

    def _on_load_cell(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._cell_touched(thread, site, frame, READ)
        if site.keep:
            self._note(thread, site, frame, frame.f_locals.get(site.name, UNKNOWN))

    def _on_store_cell(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._cell_touched(thread, site, frame, WRITE)

    def _cell_touched(
        self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int
    ) -> None:
        owner = site.operands[0]
        known = owner[1] if owner is not None else None
        resource: Resource = ("cell", site.name) if known is None else ("cell", site.name, known)
        self._touch(thread, site, resource, mode, site.name, frame)

    # -- containers ----------------------------------------------------------------------

    def _on_load_item(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._on_item(thread, site, frame, READ)

    def _on_store_item(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._on_item(thread, site, frame, WRITE)

    def _on_item(self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int) -> None:
        self._arrive(thread, site)
        container = self._value(thread, site.operands[0], frame)
        key = self._value(thread, site.operands[1], frame)
        if isinstance(container, list | dict):
            self._item_touched(thread, site, container, key, mode)
        else:
            self._use(thread, site, "r" if mode == READ else "w", container)
            if not isinstance(container, tuple | str | bytes):
                thread.own_changes += 1
        for value in site.operands[2:]:
            if not isinstance(key, int | str):  # A slice takes the items of what is given.
                self._use(thread, site, "r", self._value(thread, value, frame))
        if site.keep:
            found = _peek_item(container, key)
            is_python = found is UNKNOWN and container is not UNKNOWN
            self._note(thread, site, frame, PENDING if is_python else found)

    def _item_touched(
        self, thread: SimulatedThread, site: Site, container: Any, key: Any, mode: int
    ) -> None:
        self._hold(thread, site)
        owner = self._touching.owner_of_names(container)
        if owner is not UNKNOWN and isinstance(key, str):
            kind = "global" if owner is container and type(owner) is dict else "attribute"
            self._touch(
                thread, site, (kind, key, self._number(owner)), mode, f"[{key!r}]", container
            )
            return
        resource = self._touching.items(container)
        if hasattr(type(container), "__missing__") and not has_item(container, key):
            mode = WRITE
        if type(key) in (int, str) and has_item(container, key):
            index = key + len(container) if isinstance(container, list) and key < 0 else key
            thread.touch(resource, INTENT_WRITE if mode == WRITE else INTENT_READ, site)
            resource = (*resource, index)
        is_known = key is not UNKNOWN and key is not PENDING and type(key) is not Made
        shown = f"[{text_of(key)}]" if is_known else ""
        self._touch(thread, site, resource, mode, shown or "an item", container)

    def _on_change(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "wr")

    def _on_look(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "r")

    _on_truth = _on_look

    def _on_show(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "d")

    def _on_contains(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "dd")

    def _on_update(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "wr", True)
        if site.keep:
            self._note(thread, site, frame, UNKNOWN)

    def _on_combine(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Look at two values that are compared, added and so on."""
        values = self._operands_used(thread, site, frame, "d", True)
        if site.keep:
            natures = {self._touching.nature(v) for v in values if type(v) is not Made}
            is_python = Nature.PLAIN in natures
            found = _combined(site.name, values)
            self._note(thread, site, frame, PENDING if is_python else found)

    def _operands_used(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        uses: str,
        is_arithmetic: bool = False,
    ) -> list[Any]:
        self._arrive(thread, site)
        values = [self._value(thread, operand, frame) for operand in site.operands]
        if is_arithmetic and any(map(_is_number, values)) and not site.name.startswith("*"):
            # No container can be added to a number, or be equal to one.
            values = [NEW if value is UNKNOWN else value for value in values]
        for place, value in enumerate(values):
            self._use(thread, site, uses[min(place, len(uses) - 1)], value)
        return values

    def _on_enter(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Enter a context manager: its methods are called as others are."""
        self._arrive(thread, site)
        manager = self._value(thread, site.operands[0], frame)
        if site.keep:
            self._note(thread, site, frame, manager)
        callee = ("method", site.operands[0], "__enter__", None)
        self._method_called(thread, site, frame, callee, [])

    def _on_special(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        if site.keep:
            self._note(thread, site, frame, self._value(thread, site.operands[0], frame))

    # -- iteration -------------------------------------------------------------------------

    def _on_iterate(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        source = self._value(thread, site.operands[0], frame)
        is_known = source is not UNKNOWN and source is not PENDING
        if is_known and self._iterates_itself(source):
            found = source
        else:
            self._use(thread, site, "r", source)
            is_python = is_known and self._touching.nature(source) is Nature.PLAIN
            found = PENDING if is_python else Made((source,), True)
        if site.keep:
            self._note(thread, site, frame, found)

    def _iterates_itself(self, source: Any) -> bool:
        return type(source) is not Made and self._touching.nature(source) in (
            Nature.ITERATOR,
            Nature.GENERATOR,
        )

    def _on_next(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._kernel.count_lap(thread)
        self._on_send(thread, site, frame)

    def _on_send(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        thread.own_changes += 1
        self._arrive(thread, site)
        operand = site.operands[0] if site.operands else None
        item = self._step_iterator(thread, site, frame, self._value(thread, operand, frame))
        if site.keep:
            self._note(thread, site, frame, item)

    def _step_iterator(
        self, thread: SimulatedThread, site: Site, frame: FrameType, found: Any
    ) -> Any:
        """Touch an iterator that goes on to its next item, and return what is known of that."""
        if found is PENDING:
            found = UNKNOWN
        if found is UNKNOWN or type(found) is Made:
            self._use(thread, site, "r", found)
            parts = found.parts if type(found) is Made else ()
            if type(found) is Made and found.kind in _PAIRING:
                return Made((UNKNOWN,))
            return self._item_of(parts[0]) if len(parts) == 1 else UNKNOWN
        self._use(thread, site, "w", found)
        self._use(thread, site, "r", found)
        nature = self._touching.nature(found)
        if isinstance(found, GeneratorType) and not site.is_again:
            thread.in_generators.append([found, site])
        return PENDING if nature is Nature.PLAIN else UNKNOWN

    def _item_of(self, source: Any) -> Any:
        """Return what is known of an item that an iterator over ``source`` brings."""
        if type(source) is Made:
            if source.kind in _PAIRING:
                return Made((UNKNOWN,))
            return self._item_of(source.parts[0]) if len(source.parts) == 1 else UNKNOWN
        if isinstance(source, dict):
            members = [*source, *source.values()][: 2 * _MOST_LOOKED_AT]
        elif isinstance(source, tuple | list | set):
            members = list(source)[:_MOST_LOOKED_AT]
        else:
            return NEW if self._touching.nature(source) is Nature.ATOM else UNKNOWN
        natures = {self._touching.nature(member) for member in members}
        if natures <= {Nature.ATOM}:
            return NEW
        return Made((UNKNOWN,)) if natures <= {Nature.ATOM, Nature.HOLDER} else UNKNOWN

    def _on_leave(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """A generator is about to hand over an item, or to end."""
        found = self._touching.generators.get(id(frame))
        generator = found() if found is not None else None
        if generator is not None and generator.gi_frame is frame:
            self._use(thread, site, "w", generator)
        inside = thread.in_generators
        if inside and inside[-1][0] is generator:
            inside.pop()
        caller = frame.f_back
        site_behind = self._subject.site_behind(caller) if caller is not None else None
        if caller is not None and site_behind is not None:
            self._go_on(thread, site_behind, caller)

    def leave_generators(
        self, thread: SimulatedThread, site: Site | None = None, frame: FrameType | None = None
    ) -> None:
        """Note the end of a generator that an exception has left."""
        if not thread.in_generators:
            return
        generator, last = thread.in_generators[-1]
        if frame is not None and generator.gi_frame is frame:
            thread.in_generators[-1][1] = site
        elif not generator.gi_running:
            thread.in_generators.pop()
            resource = self._touching.items(generator)
            thread.touch(resource[:2], INTENT_WRITE, last)
            thread.touch(resource, WRITE, last)

    # -- the common part -------------------------------------------------------------------

    def _use(self, thread: SimulatedThread, site: Site, use: str, value: Any) -> None:
        """Touch what is touched if a value is used as a letter says."""
        if use == "." or type(value) in ATOMS:
            return
        if self._is_alone():
            thread.own_changes += use in "wu*"
            return
        touches: Iterable[Any] = self._touching.used(use, value)
        if not thread.was_held:
            touches = list(touches)
            if touches and self._kernel.is_point(site):
                self._hold(thread, site)
                touches = self._touching.used(use, value)  # Others may have changed it.
        for resource, mode, target in touches:
            self._touch(thread, site, resource, mode, _name_of(resource), target)

    def _is_alone(self) -> bool:
        """Return True if what is done need not be noted: no thread has been started yet."""
        return len(self._kernel.threads) == 1 and not self._kernel.keeps_steps

    def _touch(
        self,
        thread: SimulatedThread,
        site: Site,
        resource: Resource,
        mode: int,
        name: str,
        target: Any,
    ) -> None:
        """Let the chooser decide if the site is a point; then note the access.

        What is done before the first thread is started comes before all that threads do.
        """
        if self._is_alone():
            thread.own_changes += mode == WRITE
            return
        self._hold(thread, site)
        if len(resource) > 2:
            intention = INTENT_WRITE if mode == WRITE else INTENT_READ
            thread.touch(resource[:2], intention, site)
        thread.touch(resource, mode, site)
        is_told = self._kernel.keeps_steps and not site.is_again and site.kind != "leave"
        if is_told or self._kernel.is_point(site):
            self._record(thread, site, mode, name, target)

    def _hold(self, thread: SimulatedThread, site: Site) -> None:
        """Let the chooser decide if the site is a point, once for all that is touched there.

        What is looked up in shared objects must be looked up after that.
        """
        if not thread.was_held:
            thread.was_held = True
            self._kernel.point(thread, site)

    def _record(
        self, thread: SimulatedThread, site: Site, mode: int, name: str, target: Any
    ) -> None:
        action = "writes" if mode == WRITE else "reads"
        what, place, time_s = name, self._place_of(site), self._kernel.clock_s
        steps, position = self._steps, len(self._steps)
        if thread.transition is not None:
            thread.transition.steps += 1

        def shown() -> str | None:
            return text_of(peek(target, site, name))

        if mode == READ:
            steps.append(Step(thread.letter, action, what, shown(), place, time_s))
            return
        steps.append(Step(thread.letter, action, what, None, place, time_s))

        def resolve() -> None:
            steps[position] = Step(thread.letter, action, what, shown(), place, time_s)

        thread.unresolved_write = resolve

    def _place_of(self, site: Site) -> Place | None:
        """Return the line of the program that a site is in, or that has called it."""
        if self._subject.is_program(site.code):
            return site.place
        return self._kernel.place_of()[0] or site.place

    def _note(self, thread: SimulatedThread, site: Site, frame: FrameType, value: Any) -> None:
        thread.noted[id(frame), site.offset] = value

    def _value(self, thread: SimulatedThread, expression: Expression, frame: FrameType) -> Any:
        if expression is None:
            return UNKNOWN
        kind = expression[0]
        if kind == "local":
            return frame.f_locals.get(expression[1], UNKNOWN)
        if kind == "at":
            found = thread.noted.get((id(frame), expression[1]), UNKNOWN)
            return UNKNOWN if found is PENDING else found
        if kind == "const":
            return expression[1]
        if kind == "new":
            parts = tuple(self._value(thread, part, frame) for part in expression[1:])
            return Made(parts) if parts else NEW
        if kind == "function":
            return _NewFunction(expression[1])
        if kind == "super":
            return super_of(*(self._value(thread, part, frame) for part in expression[1:]))
        return UNKNOWN


class _NewFunction:
    """A function that an instruction has just made."""

    __slots__ = ("code",)

    def __init__(self, code: CodeType) -> None:
        self.code = code


def _combined(operation: str, values: list[Any]) -> Any:
    """Return what an operation makes of two values: of small numbers, the number itself."""
    function = _ARITHMETIC.get(operation)
    if function is not None and all(type(v) is int and abs(v) < _SMALL for v in values):
        left, right = values
        return NEW if right == 0 and operation in ("%", "//") else function(left, right)
    return Made(tuple(values))


_ARITHMETIC = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "%": operator.mod,
    "//": operator.floordiv,
}
_SMALL = 1 << 31


def _spread(values: list[Any]) -> Iterator[Any]:
    """Yield what ``f(*items, **names)`` hands on, as far as it is known."""
    for value in values:
        if type(value) is Made:
            yield from value.parts
        elif isinstance(value, tuple | list):
            yield from value
        elif isinstance(value, dict):
            yield from value.values()
        else:
            yield value


def _peek_item(container: Any, key: Any = UNKNOWN, default: Any = None) -> Any:
    """Return an item of a list, tuple or dict, if no Python code is asked for it."""
    plain: Any = next((kind for kind in (list, tuple, dict) if isinstance(container, kind)), None)
    if plain is None or type(key) not in (int, str):
        return UNKNOWN
    if isinstance(static_lookup(type(container), "__getitem__"), FunctionType):
        return UNKNOWN
    if has_item(container, key):
        return plain.__getitem__(container, key)
    return UNKNOWN if default is None else default


def _is_of_library(target: Any) -> bool:
    """Return True for a class of the library's threads, locks and so on."""
    return isinstance(target, type) and target.__module__ in FRESH


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | None)


def _name_of(resource: Resource) -> str:
    return _NAMES.get(str(resource[0]), "") or str(resource[1])


_NAMES = {
    "items": "items",
    "object": "attributes",
    "files": "a file",
    "module": "the state of a module",
    "world": "anything",
}
_MOST_LOOKED_AT = 50
_GENERIC = (
    object.__getattribute__,
    object.__setattr__,
    BaseException.__setattr__,
    BaseException.__getattribute__,
)
_PAIRING = (enumerate, zip)
_CALLS = ("call", "spread_call", "enter")
_PARTS_OF_FUNCTIONS = ("__code__", "__defaults__", "__kwdefaults__")
_SETTERS = {"__setattr__": "setattr", "__delattr__": "setattr", "__getattribute__": "getattr"}
_DICT_GET = vars(dict)["get"]
_CONTEXT_RUN = vars(Context)["run"]
_TYPE_CALL = vars(type)["__call__"]
_DICT_ITEMS = vars(dict)["items"]
_METHODS_IN_C = (MethodDescriptorType, WrapperDescriptorType)
_CALLED = {operator.attrgetter: Effect("o", "any"), operator.itemgetter: Effect("o", "any")}
"""What calls of objects do that are written in C."""
_CHANGING = (
    "append extend insert remove pop clear sort reverse add discard update setdefault popitem "
    "appendleft extendleft popleft rotate difference_update intersection_update "
    "symmetric_difference_update move_to_end"
)
_LOOKING = (
    "get keys values items copy count index union intersection difference issubset issuperset "
    "isdisjoint symmetric_difference"
)
_METHOD_USES = {**dict.fromkeys(_CHANGING.split(), "w"), **dict.fromkeys(_LOOKING.split(), "d")}
"""How methods of the library's containers use an object that is not known."""
_HARMLESS_METHODS = (frozenset(vars(str)) | frozenset(vars(int))) - (
    set(_METHOD_USES) | {"__len__", "format", "format_map", "join", "__contains__", "__iter__"}
)
"""Methods of texts and numbers, none of which any other class of the library has in C."""
_OWN_METHODS = frozenset(
    [
        "acquire",
        "release",
        "locked",
        "start",
        "join",
        "is_alive",
        "set",
        "is_set",
        "wait",
        "notify",
        "notify_all",
        "put",
        "get_nowait",
        "put_nowait",
        "task_done",
        "empty",
        "full",
        "qsize",
        "submit",
        "result",
        "shutdown",
        "cancel",
        "done",
        "__enter__",
        "__exit__",
    ]
)  # fmt: skip
"""Methods of the library's threads, locks, queues and pools, which tell of themselves."""
_HANDLERS = {name.removeprefix("_on_"): name for name in vars(Watcher) if name.startswith("_on_")}
_HANDLERS.pop("attribute", None), _HANDLERS.pop("site", None), _HANDLERS.pop("return", None)
