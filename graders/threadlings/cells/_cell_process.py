"""The inside of a cell: one request, one scenario, one answer.

Nothing here is secret, and no verdict is made here: whatever this process says comes from a
process that student code lives in.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import importlib
import json
import linecache
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, BinaryIO

from .. import engine, manifest
from ..feedback import why_not_imported, why_not_text
from ..flags import Flag, flags_in, patches, put_back, remember
from ..language import Text, said
from ._answers import packed
from ._blame import Answer, told, why_raised
from ._messages import read_message, write_message_text
from ._noticed import Noticed
from .scenarios import CARRIED_NAME, GIVEN, REAL_FILE, compile_scenario, names_of_scenario

_REQUEST_BYTES = 64 * 1024 * 1024

STILL_SIGNAL = getattr(signal, "SIGUSR1", signal.SIGTERM)
"""How the stem tells a cell that nothing in it, and in what it has started, moves any more."""

_FAULT_FRAMES = 8
"""How many frames of a fault of ours are told."""
_SEEN = frozenset({"answer", "scenario error"})
"""The kinds of answers that say what was seen of the student's program, or should."""


class _UnusableError(Exception):
    """The student's file cannot be used at all; the text is for the student."""

    def __init__(self, text: Text, kind: str = "unusable") -> None:
        super().__init__(text)
        self.text = text
        self.kind = kind


def main() -> None:
    """Serve the one request that comes on standard input; the answer goes to standard output.

    For systems without ``fork``; elsewhere cells are forks of the stem.
    """
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence()
    serve(reader, writer)
    leave()


def silence() -> None:
    """Let standard input, output and error lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def leave() -> None:
    """End this process at once: nothing that student code registered is called."""
    os._exit(0)


def serve(reader: BinaryIO, writer: BinaryIO) -> None:
    """Read the request, do it, write what came of it."""
    request = read_message(reader, _REQUEST_BYTES)
    if request is None:
        return
    _limit(request["limits"])
    _move_to(request["folder"])
    path = Path(request["folder"], f"{request['module']}.py")
    source = base64.b64decode(request["source"])
    path.write_bytes(source)
    if request["is_first"]:  # No student code has run here, and none will have a say in it.
        _tell_flags(flags_in(source, path.name), request, writer)
    if request["ends_when_stuck"]:
        signal.signal(STILL_SIGNAL, lambda *_: _leave_if_stuck(path, request, writer))
    answer = _answer_or_fault(request, path, lambda: _send({"kind": "loaded"}, request, writer))
    with contextlib.suppress(Exception):  # Who knows what is left of the library.
        flags, left = patches(path, names_of_scenario(path))
        _tell_flags(flags, request, writer)
        if left and answer["kind"] in _SEEN:
            answer = told("raised", left)
    _send(answer, request, writer)


def _tell_flags(flags: tuple[Flag, ...], request: dict[str, Any], writer: BinaryIO) -> None:
    if flags:
        told = {"kind": "flags", "flags": [[flag.line, flag.what] for flag in flags]}
        _send(told, request, writer)


def _send(answer: Answer, request: dict[str, Any], writer: BinaryIO) -> None:
    mark = {"nonce": request["nonce"]}
    text = json.dumps(mark | answer).replace(json.dumps(request["folder"] + os.sep)[1:-1], "")
    if len(text) > request["limits"]["answer_bytes"]:
        text = json.dumps(mark | {"kind": "too large"})
    with contextlib.suppress(OSError):
        write_message_text(writer, text)


def _answer_or_fault(request: dict[str, Any], path: Path, loaded: Callable[[], None]) -> Answer:
    """Return the answer; a fault of ours is told as one, not as an end of the student's code."""
    try:
        return _answer(request, path, loaded)
    except Exception:  # What student code raises is caught where it is called.
        return told("scenario error", traceback.format_exc(limit=-_FAULT_FRAMES))


def _answer(request: dict[str, Any], path: Path, loaded: Callable[[], None]) -> Answer:
    noticed = Noticed()
    try:
        lesson = _load(path, noticed, is_tried=request["is_first"])
    except _UnusableError as error:
        kind = "not started" if noticed.todo else error.kind
        return told(kind, noticed.todo or error.text)
    loaded()
    answer = _call(request, lesson, path, noticed)
    if noticed.todo is not None:
        return told("not started", noticed.todo)
    return answer | noticed.unseen()


def _load(path: Path, noticed: Noticed, *, is_tried: bool) -> Any:
    """Compile the student's file and, if ``is_tried``, run its module once."""
    try:
        not_text = why_not_text(path.name, path.read_bytes())
        if not_text:
            raise _UnusableError(not_text, "not text")
        lesson = engine.load(path, safe=manifest.safe_packages(path.stem), settles=True)
        remember()
    except SyntaxError as error:
        text = (error.text or "").strip()
        shown = f": {text[:120]}" if text else ""
        why = f"{error.msg}, line {error.lineno}{shown}"
        raise _UnusableError(said("{name} is not Python: {why}", name=path.name, why=why)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        why = str(error) or type(error).__name__
        raise _UnusableError(said("{name} is not Python: {why}", name=path.name, why=why)) from None
    if is_tried:
        run = engine.try_import(lesson)
        noticed.look_at_run(run)
        problem = why_not_imported(run, path.name)
        if problem or noticed.todo:
            raise _UnusableError(problem)
    return lesson


def _call(request: dict[str, Any], lesson: Any, path: Path, noticed: Noticed) -> Answer:
    if request["is_real"]:
        names = _become_main_program(request["scenario"], path)
    else:
        names = {"__name__": "scenario", "__builtins__": builtins}
        names |= {name: noticed.watched(getattr(engine, name)) for name in GIVEN}
        exec(compile_scenario(request["carried"], CARRIED_NAME), names)
        exec(compile_scenario(request["scenario"]), names)
    try:
        if request["is_real"]:
            lesson = importlib.import_module(request["module"])
            put_back()
        value = names[request["name"]](lesson, **request["arguments"])
    except BaseException as error:
        noticed.look_at_error(error)
        return why_raised(error, path)
    try:
        data = packed(value)
    except (TypeError, ValueError, RecursionError):
        return told("malformed", said("something that is not plain data"))
    noticed.look_at_data(data)
    return {"kind": "answer", "value": data}


def _become_main_program(source: str, path: Path) -> dict[str, Any]:
    """Make this process one that was started as ``python main.py``, beside the student's file.

    Processes that it starts find the main program again under every start method.
    """
    file = path.with_name(REAL_FILE)
    source = f"from __future__ import annotations\n\n{source}"  # Other processes compile it too.
    file.write_text(source, encoding="utf-8")
    main_program = ModuleType("__main__")
    main_program.__file__ = str(file)
    sys.modules["__main__"] = main_program
    sys.path.insert(0, str(path.parent))
    sys.argv = [str(file)]
    exec(compile_scenario(source, str(file)), main_program.__dict__)
    return main_program.__dict__


def _leave_if_stuck(path: Path, request: dict[str, Any], writer: BinaryIO) -> None:
    """Say where the main thread waits, and end; but who waits with a timeout may go on."""
    threads = [_frames_of(frame) for frame in sys._current_frames().values()]
    if any(_is_timed(frame) for frames in threads for frame in frames):
        return
    lines = [frame.f_lineno for frame in _frames_of(sys._getframe()) if _is_in(path, frame)]
    place = ""
    if lines:
        place = f"{path.name}:{lines[0]}: {linecache.getline(str(path), lines[0]).strip()}"
    _send(told("stuck", place), request, writer)
    leave()


def _frames_of(frame: FrameType | None) -> list[FrameType]:
    """Return a frame and those that called it, the innermost first."""
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


def _is_timed(frame: FrameType) -> bool:
    """Return True if this is a wait of the library that ends by itself: it names its timeout."""
    timeout = frame.f_locals.get("timeout")
    return isinstance(timeout, int | float) and timeout > 0


def _is_in(path: Path, frame: FrameType) -> bool:
    return frame.f_code.co_filename == str(path)


def _move_to(folder: str) -> None:
    os.makedirs(folder, exist_ok=True)  # In a sandbox it is not the one that the check made.
    os.chdir(folder)
    for name in ("HOME", "TMPDIR", "TEMP", "TMP"):
        os.environ[name] = folder


def _limit(limits: dict[str, Any]) -> None:
    """Set the limits of this process and of all that it starts, as far as the system has them."""
    if sys.platform == "win32":
        return
    import resource

    wanted = [
        (resource.RLIMIT_CPU, limits["cpu_s"], limits["cpu_s"] + 1),
        (resource.RLIMIT_FSIZE, limits["file_bytes"], limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"], limits["open_files"]),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, limits["memory_bytes"], limits["memory_bytes"]),
    ]
    for which, soft, hard in wanted:
        with contextlib.suppress(ValueError, OSError):
            _, most = resource.getrlimit(which)
            most = hard if most == resource.RLIM_INFINITY else min(hard, most)
            resource.setrlimit(which, (min(soft, most), most))


if __name__ == "__main__":
    main()
