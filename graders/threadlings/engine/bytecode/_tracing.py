"""The backend seam: being told before each interesting instruction of the program.

Two backends, one promise: ``on_site(site, frame)`` is called in the thread that is about to
execute the instruction at ``site`` of a stepped frame, and ``on_return(frame, value)`` in one whose
function is about to return to a stepped frame. Python 3.12 has :mod:`sys.monitoring`; on 3.11 there
are only the opcode events of :func:`sys.settrace`. (On 3.12 and later those come late at a
function's first call, so a schedule would not replay.)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import CodeType, FrameType
from typing import Any, Protocol

from ..kernel import Stop
from ..library import ENGINE_FOLDER, FILES_THAT_PROGRAMS_CALL
from ._site import Site
from ._watched import Watched

OnSite = Callable[[Site, FrameType], None]
OnReturn = Callable[[FrameType, Any], None]


class Backend(Protocol):
    """What the engine needs of a backend; everything else does not know which one it is."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Watch for as long as the context lasts: once for all runs of a search."""

    def begin(self, on_site: OnSite, on_return: OnReturn, is_ours: Callable[[], bool]) -> None:
        """Begin a run; ``is_ours()`` tells whether the calling thread belongs to it."""

    def enter_thread(self) -> None:
        """Begin to watch the calling thread."""

    def leave_thread(self) -> bool:
        """Stop watching the calling thread; return False if it went out of sight before."""

    def look_away(self) -> None:
        """Watch nothing of the calling thread, and perhaps of others, until :meth:`look_again`."""

    def look_again(self) -> None:
        """Watch the calling thread again."""

    def end(self) -> None:
        """End the run."""


class _Swallowed(Stop):
    """A stop that is noticed when the program throws it away instead of ending.

    An exception that leaves a trace function ends the tracing: a loop that catches it could not
    be stopped any more.
    """

    def __init__(self, watch_again: Callable[[], None]) -> None:
        super().__init__()
        self._watch_again = watch_again

    def __del__(self) -> None:
        self._watch_again()


class SettraceBackend:
    """Opcode events of :func:`sys.settrace`, for Python 3.11."""

    def __init__(self, subject: Watched) -> None:
        self._subject = subject

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Do nothing: each thread is watched by itself."""
        yield

    def begin(self, on_site: OnSite, on_return: OnReturn, is_ours: Callable[[], bool]) -> None:
        """Begin a run; see :class:`Backend`."""
        subject = self._subject
        sites = subject.sites

        def trace_call(frame: FrameType, event: str, _argument: Any) -> Any:
            code = frame.f_code
            if id(code) in sites:
                if not subject.is_stepped(frame):
                    return None
            else:
                back = frame.f_back
                # Nearly all calls are between functions of ours: they are to cost next to nothing.
                if back is None or id(back.f_code) not in sites or not subject.is_stepped(back):
                    return None
                if not subject.can_be_stepped(code):
                    return trace_return
                subject.step_into(code)
            table = sites[id(code)].traced
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False

            def trace_opcode(frame: FrameType, event: str, argument: Any) -> Any:
                try:
                    if event == "opcode":
                        site = table.get(frame.f_lasti)
                        if site is not None:
                            on_site(site, frame)
                            # The interpreter writes its copy of the variables back after this
                            # call, closure cells too. Others may have written them meanwhile:
                            # reading f_locals renews the copy (bpo-30744, mended in 3.13).
                            frame.f_locals  # noqa: B018
                    elif event == "return":
                        on_return(frame, argument)
                except Stop:
                    raise _Swallowed(partial(watch_again, frame)) from None
                return trace_opcode

            return trace_opcode

        def trace_return(frame: FrameType, event: str, argument: Any) -> Any:
            frame.f_trace_lines = False
            if event == "return":
                on_return(frame, argument)
            return trace_return

        def watch_again(frame: FrameType) -> None:
            if is_ours():
                frame.f_trace = trace_call(frame, "call", None)
                sys.settrace(trace_call)

        self._trace_call = trace_call

    def enter_thread(self) -> None:
        """Begin to watch the calling thread."""
        sys.settrace(self._trace_call)

    def leave_thread(self) -> bool:
        """Stop watching the calling thread; see :class:`Backend`.

        At the recursion limit there is no room for a trace function either, and the
        interpreter then goes on without it.
        """
        was_watched = sys.gettrace() is self._trace_call
        sys.settrace(None)
        return was_watched

    def look_away(self) -> None:
        """Watch nothing of the calling thread."""
        sys.settrace(None)

    def look_again(self) -> None:
        """Watch the calling thread again."""
        self.enter_thread()

    def end(self) -> None:
        """Do nothing: each thread's trace function ended with it."""


_TOOLS = (4, 3, 5, 2, 1, 0)
"""Identifiers of monitoring tools; first those that are promised to nobody."""


class MonitoringBackend:
    """Events of :mod:`sys.monitoring`, for Python 3.12 and later (PEP 669).

    Code that is stepped has instruction events. What else it calls is met at its start.
    """

    _NAME = "threadlings"
    _monitoring: Any = getattr(sys, "monitoring", None)

    def __init__(self, subject: Watched) -> None:
        self._subject = subject
        self._watched: dict[int, CodeType] = {}
        self._is_ours: Callable[[], bool] = lambda: False
        self._is_looking = True
        self._on_site: OnSite = lambda site, frame: None
        self._on_return: OnReturn = lambda frame, value: None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Watch for as long as the context lasts; see :class:`Backend`.

        Raises:
            RuntimeError: If other tools have taken every identifier that monitoring offers.
        """
        monitoring = self._monitoring
        events = monitoring.events
        self._tool = tool = self._free_tool()
        monitoring.use_tool_id(tool, self._NAME)
        monitoring.register_callback(tool, events.PY_START, self._code_starts)
        monitoring.register_callback(tool, events.INSTRUCTION, self._instruction)
        monitoring.register_callback(tool, events.PY_RETURN, self._code_returns)
        self._events_of_steps = events.INSTRUCTION | events.PY_RETURN
        if any(monitoring.get_tool(other) is not None for other in _TOOLS if other != tool):
            # When nobody wants an event of a line any more (coverage, after the first), the event
            # of the instruction there is lost once. So we want it, in vain. (Mended in 3.14.)
            self._events_of_steps |= events.LINE
        try:
            for code in self._subject.codes:
                self._watch(code, self._events_of_steps)
            monitoring.set_events(tool, events.PY_START)
            monitoring.restart_events()
            yield
        finally:
            monitoring.set_events(tool, 0)
            for code in self._watched.values():
                monitoring.set_local_events(tool, code, 0)
            self._watched.clear()
            for event in (events.PY_START, events.INSTRUCTION, events.PY_RETURN):
                monitoring.register_callback(tool, event, None)
            monitoring.free_tool_id(tool)

    def _free_tool(self) -> int:
        for tool in _TOOLS:
            if self._monitoring.get_tool(tool) is None:
                return tool
        raise RuntimeError("every tool identifier of sys.monitoring is taken")

    def _watch(self, code: CodeType, events: int) -> None:
        self._watched[id(code)] = code
        self._monitoring.set_local_events(self._tool, code, events)

    def _code_starts(self, code: CodeType, _offset: int) -> Any:
        """Begin to watch code that the program calls, when it is met for the first time."""
        if not self._is_ours():
            return None
        disable = self._monitoring.DISABLE
        if id(code) in self._watched:
            return disable
        subject = self._subject
        if subject.can_be_stepped(code):
            if subject.is_stepped(sys._getframe(1).f_back):
                subject.step_into(code)
                self._watch(code, self._events_of_steps)
                return disable
            return None
        file = code.co_filename
        if not file.startswith(ENGINE_FOLDER) or file in FILES_THAT_PROGRAMS_CALL:
            self._watch(code, self._monitoring.events.PY_RETURN)
        return disable

    def _instruction(self, code: CodeType, offset: int) -> Any:
        table = self._subject.sites.get(id(code))
        site = table.by_offset.get(offset) if table is not None else None
        if site is None:
            return self._monitoring.DISABLE
        if self._is_looking and self._is_ours():
            frame = sys._getframe(1)
            if self._subject.is_stepped(frame):
                self._on_site(site, frame)
        return None

    def _code_returns(self, _code: CodeType, _offset: int, value: Any) -> Any:
        if self._is_looking and self._is_ours():
            frame = sys._getframe(1)
            if self._subject.is_stepped(frame.f_back):
                self._on_return(frame, value)

    def begin(self, on_site: OnSite, on_return: OnReturn, is_ours: Callable[[], bool]) -> None:
        """Begin a run; see :class:`Backend`."""
        self._on_site, self._on_return, self._is_ours = on_site, on_return, is_ours
        self._is_looking = True

    def enter_thread(self) -> None:
        """Do nothing: code objects are watched in every thread."""

    def leave_thread(self) -> bool:
        """Return True: code objects are watched in every thread."""
        return True

    def look_away(self) -> None:
        """Watch nothing of any thread."""
        self._is_looking = False

    def look_again(self) -> None:
        """Watch them again."""
        self._is_looking = True

    def end(self) -> None:
        """End the run."""
        self._is_ours = lambda: False


def backend(subject: Watched) -> Backend:
    """Return the backend for this Python."""
    if sys.version_info >= (3, 12):
        return MonitoringBackend(subject)
    return SettraceBackend(subject)
