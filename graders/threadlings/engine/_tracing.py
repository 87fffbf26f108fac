"""The backend seam: being told before each interesting instruction of the program.

Two backends, one promise: ``on_site(site, frame)`` is called in the thread that is about to
execute the instruction at ``site``. Python 3.12 has :mod:`sys.monitoring`; on 3.11 there are
only the opcode events of :func:`sys.settrace`. (On 3.12 and later those come late at a
function's first call, so a schedule would not replay.)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from types import CodeType, FrameType
from typing import Any, Protocol

from ._bytecode import Site
from ._simulated_thread import Stop

OnSite = Callable[[Site, FrameType], None]
Sites = dict[int, dict[int, Site]]
"""The sites of each code object by offset; by the ``id`` of the code, whose hash is slow."""


class Backend(Protocol):
    """What the engine needs of a backend; everything else does not know which one it is."""

    def open(
        self,
        codes: Sequence[CodeType],
        sites: Sites,
        on_site: OnSite,
        is_ours: Callable[[], bool],
    ) -> None:
        """Begin to watch; ``is_ours()`` tells whether the calling thread belongs to the run."""

    def enter_thread(self) -> None:
        """Begin to watch the calling thread."""

    def leave_thread(self) -> bool:
        """Stop watching the calling thread; return False if it went out of sight before."""

    def close(self) -> None:
        """Stop watching and leave the interpreter as it was."""


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

    def open(
        self,
        codes: Sequence[CodeType],
        sites: Sites,
        on_site: OnSite,
        is_ours: Callable[[], bool],
    ) -> None:
        """Begin to watch; see :class:`Backend`."""

        def trace_call(frame: FrameType, event: str, _argument: Any) -> Any:
            table = sites.get(id(frame.f_code))
            if table is None:
                return None
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False

            def trace_opcode(frame: FrameType, event: str, _argument: Any) -> Any:
                if event == "opcode":
                    site = table.get(frame.f_lasti)
                    if site is not None:
                        try:
                            on_site(site, frame)
                        except Stop:
                            raise _Swallowed(partial(watch_again, frame)) from None
                        # The interpreter writes its copy of the variables back after this
                        # call, closure cells too. Others may have written them meanwhile:
                        # reading f_locals renews the copy (bpo-30744, mended in 3.13).
                        frame.f_locals  # noqa: B018
                return trace_opcode

            return trace_opcode

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

    def close(self) -> None:
        """Do nothing: each thread's trace function ended with it."""


class MonitoringBackend:
    """Instruction events of :mod:`sys.monitoring`, for Python 3.12 and later (PEP 669)."""

    _NAME = "threadlings"
    _monitoring: Any = getattr(sys, "monitoring", None)

    def open(
        self,
        codes: Sequence[CodeType],
        sites: Sites,
        on_site: OnSite,
        is_ours: Callable[[], bool],
    ) -> None:
        """Begin to watch; see :class:`Backend`.

        Raises:
            RuntimeError: If other tools have taken every identifier that monitoring offers.
        """
        monitoring = self._monitoring
        self._tool = self._free_tool()
        self._codes = codes
        disable = monitoring.DISABLE
        get_frame = sys._getframe

        def on_instruction(code: CodeType, offset: int) -> Any:
            site = sites[id(code)].get(offset)
            if site is None:
                return disable
            if is_ours():
                on_site(site, get_frame(1))
            return None

        events = monitoring.events
        monitoring.use_tool_id(self._tool, self._NAME)
        monitoring.register_callback(self._tool, events.INSTRUCTION, on_instruction)
        for code in self._codes:
            monitoring.set_local_events(self._tool, code, events.INSTRUCTION)

    def _free_tool(self) -> int:
        for tool in (4, 3, 5, 2, 1, 0):
            if self._monitoring.get_tool(tool) is None:
                return tool
        raise RuntimeError("every tool identifier of sys.monitoring is taken")

    def enter_thread(self) -> None:
        """Do nothing: code objects are watched in every thread."""

    def leave_thread(self) -> bool:
        """Return True: code objects are watched in every thread."""
        return True

    def close(self) -> None:
        """Stop watching and give the tool identifier back."""
        monitoring = self._monitoring
        for code in self._codes:
            monitoring.set_local_events(self._tool, code, 0)
        monitoring.register_callback(self._tool, monitoring.events.INSTRUCTION, None)
        monitoring.free_tool_id(self._tool)


def backend() -> Backend:
    """Return the backend for this Python."""
    if sys.version_info >= (3, 12):
        return MonitoringBackend()
    return SettraceBackend()
