"""Being told before every bytecode instruction of a program, also of what it makes of text.

Two ways, as in the engine: opcode events of :func:`sys.settrace` on Python 3.11, and
:mod:`sys.monitoring` since 3.12. None of the engine's choices of what is interesting is made here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import CodeType, FrameType
from typing import Any

from threadlings.engine.kernel import Stop

OnInstruction = Callable[[int], None]
"""Called in the thread that is about to execute an instruction, with its line."""


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Yield a code object and all that are in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


def _is_made_by(frame: FrameType, module: str) -> bool:
    """Return True if a frame is of text that the program has executed, or of a dataclass of its.

    Other modules, the engine's own among them, have dataclasses too.
    """
    is_text = frame.f_code.co_filename == "<string>"
    return is_text and frame.f_globals.get("__name__", module) == module


class _Thrown(Stop):
    """A stop that is noticed when the program throws it away: tracing has ended then."""

    def __init__(self, resume: Callable[[], None]) -> None:
        super().__init__()
        self._resume = resume

    def __del__(self) -> None:
        self._resume()


class Tracing:
    """Opcode events, for Python 3.11.

    Args:
        code: The program's.
        module: The name of its module.
        on_instruction: What is told.
        is_ours: Returns True if the calling thread belongs to the run.
    """

    def __init__(
        self,
        code: CodeType,
        module: str,
        on_instruction: OnInstruction,
        is_ours: Callable[[], bool],
    ) -> None:
        self._file = code.co_filename
        self._module = module
        self._on_instruction = on_instruction
        self._is_ours = is_ours

    def open(self) -> None:
        """Do nothing: each thread is watched for itself."""

    def enter_thread(self) -> None:
        """Have the calling thread told of."""
        sys.settrace(self._trace_call)

    def leave_thread(self) -> None:
        """Stop watching the calling thread."""
        sys.settrace(None)

    def close(self) -> None:
        """Do nothing: each thread's trace function ended with it."""

    def _trace_call(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        is_program = frame.f_code.co_filename == self._file
        if not is_program and not _is_made_by(frame, self._module):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return self._trace_opcode

    def _trace_opcode(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "opcode":
            try:
                self._on_instruction(frame.f_lineno)
            except Stop:
                raise _Thrown(partial(self._resume, frame)) from None
            # The interpreter writes its copy of the variables back after this call; others may
            # have written them meanwhile. Reading f_locals renews the copy (bpo-30744).
            frame.f_locals  # noqa: B018
        return self._trace_opcode

    def _resume(self, frame: FrameType) -> None:
        if self._is_ours():
            frame.f_trace = self._trace_call(frame, "call", None)
            sys.settrace(self._trace_call)


class Monitoring:
    """Instruction events, for Python 3.12 and later; see :class:`Tracing`."""

    _monitoring: Any = getattr(sys, "monitoring", None)

    def __init__(
        self,
        code: CodeType,
        module: str,
        on_instruction: OnInstruction,
        is_ours: Callable[[], bool],
    ) -> None:
        self._codes = list(codes_in(code))
        self._module = module
        self._on_instruction = on_instruction
        self._is_ours = is_ours

    def open(self) -> None:
        """Begin to watch."""
        monitoring, events = self._monitoring, self._monitoring.events
        self._tool = next(tool for tool in range(5, -1, -1) if monitoring.get_tool(tool) is None)
        monitoring.use_tool_id(self._tool, "explorer")
        monitoring.register_callback(self._tool, events.INSTRUCTION, self._tell)
        monitoring.register_callback(self._tool, events.PY_START, self._start)
        monitoring.set_events(self._tool, events.PY_START)
        for code in self._codes:
            monitoring.set_local_events(self._tool, code, events.INSTRUCTION)

    def enter_thread(self) -> None:
        """Do nothing: code objects are watched in every thread."""

    def leave_thread(self) -> None:
        """Do nothing: code objects are watched in every thread."""

    def close(self) -> None:
        """Stop watching."""
        monitoring, events = self._monitoring, self._monitoring.events
        monitoring.set_events(self._tool, 0)
        for code in self._codes:
            monitoring.set_local_events(self._tool, code, 0)
        for event in (events.INSTRUCTION, events.PY_START):
            monitoring.register_callback(self._tool, event, None)
        monitoring.free_tool_id(self._tool)

    def _start(self, code: CodeType, _offset: int) -> Any:
        """Begin to watch a function that was made during the run."""
        if self._is_ours() and _is_made_by(sys._getframe(1), self._module):
            self._codes.append(code)
            events = self._monitoring.events
            self._monitoring.set_local_events(self._tool, code, events.INSTRUCTION)
        return self._monitoring.DISABLE

    def _tell(self, _code: CodeType, _offset: int) -> Any:
        if self._is_ours():
            self._on_instruction(sys._getframe(1).f_lineno)


EveryInstruction: type[Tracing] | type[Monitoring] = (
    Monitoring if sys.version_info >= (3, 12) else Tracing
)
"""The one for this Python."""
