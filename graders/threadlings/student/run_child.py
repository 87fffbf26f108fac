"""The process of ``threadlings run``: a student's file as the main program.

What it prints comes out line by line as it is printed, each with the seconds since the beginning
and the thread that printed it, in a colour of that thread.
"""

from __future__ import annotations

import io
import os
import sys
import textwrap
import threading
import traceback
from collections.abc import Callable
from multiprocessing import current_process, parent_process
from pathlib import Path
from time import perf_counter
from types import ModuleType, TracebackType
from typing import TextIO

from ..language import said
from ..usage import DONE, NOBODY_READS, TASKS_LEFT
from . import screen
from .todos import find_todo

_STYLES = ("cyan", "magenta", "green", "red", "bold cyan", "bold magenta", "bold green", "bold red")
"""Of the threads, in the order in which they print first; the main thread's is the terminal's."""
_ROOM = 20
_WIDTH = 58
"""Of our own sentences; with seconds and thread they fit in 80 columns."""


class LinesOfThreads(io.TextIOBase):
    """Standard output that tells of each line which thread printed it, and when.

    Args:
        original: Where the lines go.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, original: TextIO) -> None:
        self._original = original
        self._paint = _painter(original)
        self._began_s = perf_counter()
        self._free_lock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._free_lock)
        self._styles: dict[str, str] = {}
        self._begun: dict[int, str] = {}
        self._room = len("main")

    def write(self, text: str) -> int:
        """Write text: what is no whole line yet waits for its end, apart from other threads'."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        thread = threading.get_ident()
        with self._lock:
            *whole, rest = (self._begun.pop(thread, "") + text).split("\n")
            if rest:
                self._begun[thread] = rest
            for line in whole:
                self._show(_name(), line)
        return len(text)

    def flush(self) -> None:
        """Hand on what is whole."""
        self._original.flush()

    def finish(self) -> None:
        """Show the lines that were never ended."""
        with self._lock:
            for line in self._begun.values():
                self._show("", line)
            self._begun.clear()

    def fileno(self) -> int:
        """Return the original's file descriptor."""
        return self._original.fileno()

    def isatty(self) -> bool:
        """Return what the original does."""
        return self._original.isatty()

    def writable(self) -> bool:
        """Return True."""
        return True

    def _free_lock(self) -> None:
        """Have a lock that nobody holds; at a fork, a thread that is not copied may hold it."""
        self._lock = threading.Lock()

    def _show(self, name: str, line: str) -> None:
        seconds = perf_counter() - self._began_s
        self._room = min(max(self._room, len(name)), _ROOM)
        if name not in self._styles:
            of_threads = len(self._styles) - ("main" in self._styles)
            self._styles[name] = "" if name == "main" else _STYLES[of_threads % len(_STYLES)]
        self._paint(f"{seconds:6.2f} s  {name:<{self._room}}  {line}", self._styles[name])


def _name() -> str:
    """Return what to call who prints: the thread, or the process that is not the first one."""
    if parent_process() is not None:
        return current_process().name
    thread = threading.current_thread()
    return "main" if thread is threading.main_thread() else thread.name


def _painter(original: TextIO) -> Callable[[str, str], None]:
    if not screen.is_coloured():
        return lambda text, _style: print(text, file=original, flush=True)
    from rich.console import Console
    from rich.text import Text

    console = Console(file=original, highlight=False, soft_wrap=True, force_terminal=True)
    return lambda text, style: console.print(Text(text, style))


class Program:
    """A student's file as the main program; ``shown`` is what messages call it."""

    def __init__(self, file: Path, shown: str) -> None:
        self._file, self._shown = file, shown
        self.exit_code = DONE

    def run(self) -> None:
        """Run it to its end, and to that of its threads."""
        threading.excepthook = self._in_thread
        sys.path[0] = str(self._file.parent)
        sys.argv = [str(self._file)]
        try:
            self._execute()
        except BrokenPipeError:
            raise
        except SystemExit as end:
            self.exit_code = DONE if end.code in (None, 0) else TASKS_LEFT
        except SyntaxError as error:
            self._not_python(error)
        except Exception as error:
            self._tell(error)
        while others := [each for each in threading.enumerate() if _keeps_alive(each)]:
            others[0].join()

    def _execute(self) -> None:
        """Execute the file as the main module, which processes that it starts import too."""
        code = compile(self._file.read_bytes(), self._file, "exec")
        main_module = ModuleType("__main__")
        main_module.__file__ = str(self._file)
        sys.modules["__main__"] = main_module
        exec(code, vars(main_module))

    def _in_thread(self, told: threading.ExceptHookArgs) -> None:
        if isinstance(told.exc_value, Exception):
            self._tell(told.exc_value)

    def _tell(self, error: Exception) -> None:
        """Tell an error: an open TODO in one line, others as Python does."""
        self.exit_code = TASKS_LEFT
        if isinstance(error, NotImplementedError) and str(error).startswith("TODO "):
            self._tell_todo(*str(error).split()[1:2])
            return
        found = _from_file(error.__traceback__, self._file)
        name = _name()
        begin = "" if name == "main" else said("an error ended {thread}:", thread=name) + "\n"
        print(begin, *traceback.format_exception(error.with_traceback(found)), sep="", end="")

    def _tell_todo(self, number: str) -> None:
        found = find_todo(self._file, int(number)) if number.isdecimal() else None
        print(said("this program needs your TODO {number} first:", number=number))
        print(f"  {self._shown}:{found.line}" if found else f"  {self._shown}")
        for line in textwrap.wrap(found.duty, _WIDTH) if found else ():
            print(f"  {line}")

    def _not_python(self, error: SyntaxError) -> None:
        self.exit_code = TASKS_LEFT
        told = "{file}, line {line} is not Python yet: {problem}"
        print(said(told, file=self._shown, line=error.lineno, problem=error.msg))
        print(f"  {(error.text or '').strip()}")


def _keeps_alive(thread: threading.Thread) -> bool:
    return thread is not threading.main_thread() and not thread.daemon


def _from_file(found: TracebackType | None, file: Path) -> TracebackType | None:
    """Return a traceback from the student's file on; all of it, if that is nowhere in it."""
    entry = found
    while entry is not None and Path(entry.tb_frame.f_code.co_filename) != file:
        entry = entry.tb_next
    return entry or found


def main(file: str, shown: str) -> int:
    """Run a student's file.

    Args:
        file: Its path.
        shown: What messages call it.
    Returns:
        0; or 1 if an error or an open TODO ended it or one of its threads.
    """
    from .. import language

    language.choose(language.of_system())
    screen.replace_unprintable()
    lines = sys.stdout = LinesOfThreads(sys.stdout)
    program = Program(Path(file), shown)
    try:
        program.run()
    except KeyboardInterrupt:  # The command says so. Its threads would keep the process alive.
        lines.finish()
        lines.flush()
        os._exit(TASKS_LEFT)
    except BrokenPipeError:
        os._exit(NOBODY_READS)
    lines.finish()
    return program.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
