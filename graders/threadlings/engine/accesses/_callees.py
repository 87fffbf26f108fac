"""Callees: what is called, once it is known or not."""

from __future__ import annotations

import builtins
import gc
import operator
import sys
import weakref
from _thread import _local
from functools import partial
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FrameType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

from ..bytecode import Site, Watched
from ..effects import (
    FILES,
    MADE_BEFORE,
    MOCKS,
    NEW,
    PENDING,
    REGISTERED,
    UNKNOWN,
    UNKNOWN_EFFECT,
    WEAK_REFERENCES,
    Effect,
    Made,
    Nature,
    effect_of,
    is_known,
    is_method_in_c,
    is_written_in_c,
    method_behind,
    static_lookup,
    use_of_items,
)
from ..kernel import READ, WORLD, WRITE, Kernel, SimulatedThread
from ..library import OUR_FOLDER, TELLING, read_by
from ..runs import Step
from ._accesses import NewFunction
from ._effects_of_calls import NEVER, EffectsOfCalls
from ._items import peek_item
from ._known_callees import (
    CALLED,
    CONTEXT_RUN,
    DICT_ITEMS,
    FOUND,
    FUNCTIONS_IN_C,
    GENERATORS,
    GET_ITEM,
    JSON,
    KEEPING,
    LOOKING,
    PUTTING,
    REAL_MODULES,
    REAL_THREADS,
    SETTERS,
    SUBCLASSES,
    TYPE_CALL,
    TYPE_NEW,
)


class Callees(EffectsOfCalls):
    """Functions in Python tell of themselves when they are stepped; the others are told of here."""

    def __init__(self, kernel: Kernel, steps: list[Step], subject: Watched) -> None:
        super().__init__(kernel, steps, subject)
        loaded = [(name, sys.modules.get(name)) for name in REAL_THREADS]
        self._real = {id(vars(module)): name for name, module in loaded if module is not None}

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
        if type(function) is NewFunction:
            return NEW if function.code.co_flags & GENERATORS else PENDING
        if isinstance(function, FunctionType):
            return self._python_called(thread, site, function, arguments)
        if isinstance(function, type):
            return self._class_called(thread, site, frame, function, arguments)
        if isinstance(function, weakref.ref):
            if self._subject.is_program(site.code):
                self._kernel.unwatchable.add(WEAK_REFERENCES)
            return function() or NEW
        return self._object_called(thread, site, frame, function, arguments)

    def _object_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        function: Any,
        arguments: list[Any],
    ) -> Any:
        """Touch what a call of no function in Python, and of no class, touches."""
        if type(function) is Made and function.kind is partial and function.parts:
            first, *others = function.parts
            return self._called(thread, site, frame, first, [*others, *arguments])
        if type(function) is Made and function.kind is not None:
            if isinstance(static_lookup(function.kind, "__call__"), FunctionType):
                return PENDING
            effect = CALLED.get(function.kind, UNKNOWN_EFFECT)
            return self._effect(thread, site, frame, effect, function, arguments)
        if not is_known(function):
            self._touch(thread, site, WORLD, WRITE, "anything", UNKNOWN)
            thread.own_changes += 1
            return UNKNOWN
        if isinstance(static_lookup(type(function), "__call__"), FunctionType):
            return PENDING
        if isinstance(function, FUNCTIONS_IN_C):
            return self._function_in_c_called(thread, site, frame, function, arguments)
        if type(function).__module__ == "_asyncio":
            return UNKNOWN  # The next step of a coroutine, which is seen.
        if type(function) in JSON:
            for part in gc.get_referents(function):
                self._use(thread, site, "r", part)
        effect = CALLED.get(type(function), UNKNOWN_EFFECT)
        self._check_is_watchable(type(function), site)
        return self._effect(thread, site, frame, effect, function, arguments)

    def _function_in_c_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        function: Any,
        arguments: list[Any],
    ) -> Any:
        """Touch what a call of a function touches whose object may be the first argument."""
        if isinstance(function, BuiltinFunctionType | MethodWrapperType):
            if is_method_in_c(function):
                this, method = function.__self__, method_behind(function)
                return self._c_called(thread, site, frame, method, this, arguments)
            return self._c_called(thread, site, frame, function, NEVER, arguments)
        if isinstance(function, ClassMethodDescriptorType):
            return self._c_called(thread, site, frame, function, NEW, arguments)
        if function.__name__ in SETTERS:
            word = SETTERS[function.__name__]
            return self._attribute_function_called(thread, site, word, arguments, asks_class=False)
        this, *others = arguments or [UNKNOWN]
        return self._c_called(thread, site, frame, function, this, others)

    def _python_called(
        self, thread: SimulatedThread, site: Site, function: FunctionType, arguments: list[Any]
    ) -> Any:
        code = function.__code__
        if self._subject.can_be_stepped(code):
            return NEW if code.co_flags & GENERATORS else PENDING
        names = read_by(code)
        if names is not None:
            self._found_out(thread, site, arguments[:1], names)
            return PENDING
        if code.co_qualname == "ABCMeta.register" and len(self._kernel.threads) > 1:
            self._kernel.unwatchable.add(REGISTERED)
        if id(function.__globals__) in self._real:
            self._kernel.unwatchable.add(MADE_BEFORE)
        module = function.__module__ or ""
        if module == MOCKS:
            self._kernel.unwatchable.add(MOCKS)
        is_told = module in TELLING or code.co_filename.startswith(OUR_FOLDER)
        called_with = "."
        if not is_told:
            uses, called_with = "d", use_of_items(arguments)
        else:
            uses = "." if function.__name__ in KEEPING else "r"
        for argument in arguments:
            self._use(thread, site, uses, argument)
            self._use(thread, site, called_with, argument)
            if module in LOOKING:
                self._use(thread, site, "o", argument)
        if module in LOOKING:
            self._touch(thread, site, FILES, READ, "a file", UNKNOWN)
            self._stream_used(thread, site, "stderr")
            self._use(thread, site, "o", sys.exc_info()[1])  # What is being handled.
        thread.own_changes += not is_told
        if code.co_flags & GENERATORS:
            return NEW if uses == "." else Made(tuple(arguments), True, None, uses)
        return PENDING

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
            self._class_looked_up(thread, site, value)
            return type(value) if is_known(value) else UNKNOWN
        if issubclass(kind, type):
            self._subclass_defined(thread, site, (*arguments, UNKNOWN, UNKNOWN)[1])
        if kind.__module__ == MOCKS:
            self._kernel.unwatchable.add(MOCKS)
        if kind.__module__ == "weakref" and self._subject.is_program(site.code):
            self._kernel.unwatchable.add(WEAK_REFERENCES)
        effect = effect_of(kind)
        if kind in JSON:
            return Made(tuple(arguments), kind=kind)
        if effect is UNKNOWN_EFFECT:
            new, init = (static_lookup(kind, name) for name in ("__new__", "__init__"))
            if isinstance(getattr(new, "__func__", new), FunctionType):
                return PENDING
            if not isinstance(init, FunctionType | WrapperDescriptorType):
                return UNKNOWN  # Who knows where it puts the object.
            nature = self._touching.nature_of_class(kind)
            if issubclass(kind, BaseExceptionGroup):
                for value in arguments[1:]:
                    self._use(thread, site, "r", value)  # It takes the members of a list.
            if nature in (Nature.PLAIN, Nature.OWN) or issubclass(kind, BaseException):
                return Made(tuple(arguments), kind=kind)
            base = next(base for base in kind.__mro__ if is_written_in_c(base))
            effect = effect_of(base)
            if isinstance(init, FunctionType) and nature is Nature.CONTAINER:
                effect = Effect(".", "new")
            self._check_is_watchable(base, site)
        return self._effect(thread, site, frame, effect, NEVER, arguments, kind)

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
        if this is NEVER and getattr(builtins, name, None) is function:
            special = getattr(self, f"_builtin_{name}", None)
            if special is not None:
                return special(thread, site, frame, arguments)
        if function is builtins.__build_class__:
            self._subclass_defined(thread, site, tuple(arguments[2:]))
        elif function is TYPE_NEW:
            self._subclass_defined(thread, site, (*arguments, *[UNKNOWN] * 3)[2])
        elif function is SUBCLASSES:
            self._subclasses_read(thread, site, this)
        effect = effect_of(function)
        owner = getattr(function, "__objclass__", None)
        if owner is not None and owner.__module__ in REAL_MODULES and owner is not _local:
            # To give way here might let another thread wait for real, for ever.
            self._kernel.unwatchable.add(MADE_BEFORE)
            return UNKNOWN
        if effect is UNKNOWN_EFFECT:
            self._check_is_watchable(function, site)
            self._touch_hidden(thread, site, function)
        if function is TYPE_CALL and isinstance(this, type):
            return self._class_called(thread, site, frame, this, arguments)
        if function is CONTEXT_RUN and arguments:
            self._use(thread, site, "w", this)
            return self._called(thread, site, frame, arguments[0], arguments[1:])
        if function is operator.getitem and len(arguments) == 2:
            this, *arguments = arguments
        if function in GET_ITEM and isinstance(this, list | dict) and len(arguments) == 1:
            self._item_touched(thread, site, this, arguments[0], READ)
            return peek_item(this, *arguments)
        if function is sys.exc_info:
            return Made((UNKNOWN,))  # A new tuple.
        if function is DICT_ITEMS:
            return Made((this,), True, zip)
        result = self._effect(thread, site, frame, effect, this, arguments)
        if function in PUTTING and this is not UNKNOWN and arguments:
            thread.item_put = frame, site.offset, this, arguments[0]
        found = FOUND.get(function) if isinstance(function, MethodDescriptorType) else None
        return found(this, *arguments) if found is not None else result
