"""What a hidden check gets: one student's file of one lesson, to run scenarios on."""

from __future__ import annotations

import base64
import signal
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..cells import (
    MEBIBYTE,
    TREE_BYTES,
    TREE_THREADS,
    Limits,
    Report,
    Scenario,
    ScenarioError,
    Source,
    StudentError,
    UnusableFile,
    ask,
    cell_source,
    faults,
    unpacked,
)
from ..engine import UNSEEN, Limit, Run
from ..feedback import why_unjudged
from ..flags import Flag, flags_told
from ..folders import remove_folder
from ..language import Text, said

OpenSource = Callable[[Path], Source]


class Submission:
    """One student's file of one lesson.

    Args:
        module: The module's name.
        source: The file's bytes.
        folder: A folder of ours; each cell works in an empty one inside it.
        limits: What a cell may use.
        open_source: Makes the source of cells, given its home.

    Attributes:
        last_run: What the check was given last, if that is a run; else None.
        given_up: Tasks of which checks ask no more, and why.
    """

    def __init__(
        self,
        module: str,
        source: bytes,
        folder: Path,
        limits: Limits | None = None,
        open_source: OpenSource = cell_source,
    ) -> None:
        self._module = module
        self._source = source
        self._folder = folder
        self._limits = limits or Limits()
        self._is_loaded = False
        self._unusable: StudentError | None = None
        self._limits_met: frozenset[Limit] = frozenset()
        self._unwatchable: frozenset[str] = frozenset()
        self._notes: list[str] = []
        self._flags: dict[Flag, None] = {}
        self._cells = open_source(folder)
        self.last_run: Run | None = None
        self.given_up: dict[int, Text] = {}

    def run(self, scenario: Scenario, /, **arguments: Any) -> Any:
        """Call a scenario in a cell of its own and return what it returned.

        That is JSON data, in which there may be runs and searches.

        Raises:
            StudentError: If the student's code could not be used for it; one of its
                subclasses. Once the file itself is found unusable, each call says so at once.
            ScenarioError: If the scenario failed by itself.
            MalformedError: If what should be a run or a search is none.
            CellError: If no cell could be started.
            TypeError: If an argument is not JSON data.
        """
        if self._unusable is not None:
            raise self._unusable
        self.last_run = None
        try:
            answer = self._run(scenario, arguments)
        except UnusableFile as error:
            self._unusable = error
            raise
        self.last_run = answer if isinstance(answer, Run) else None
        return answer

    def begin_check(self) -> None:
        """Forget the last run, and what searches could not see: another check begins."""
        self.last_run = None
        self._limits_met, self._unwatchable = frozenset(), frozenset()

    def end_check(self) -> None:
        """Require, of a check that would pass, that its searches saw all that threads did.

        What was found wrong is wrong, whatever else could not be seen; that nothing was found
        is evidence only if all could.

        Raises:
            Unseen: If one did not, since :meth:`begin_check`.
        """
        why = why_unjudged(self._limits_met, self._unwatchable)
        if why:
            raise faults.Unseen(why)

    def note(self, text: str) -> None:
        """Note for the gradebook how the check was decided, where that depends on the machine."""
        self._notes.append(text)

    def take_notes(self) -> tuple[str, ...]:
        """Return what was noted since the last call."""
        notes, self._notes = tuple(self._notes), []
        return notes

    def take_flags(self) -> tuple[Flag, ...]:
        """Return what a person should look at, found since the last call."""
        flags, self._flags = tuple(self._flags), {}
        return flags

    def close(self) -> None:
        """End everything that student code may have left."""
        self._cells.close()

    def _run(self, scenario: Scenario, arguments: dict[str, Any]) -> Any:
        self._folder.mkdir(parents=True, exist_ok=True)  # Without a sandbox a cell can remove it.
        folder = tempfile.mkdtemp(prefix="cell-", dir=self._folder)
        request = {
            "module": self._module,
            "source": base64.b64encode(self._source).decode("ascii"),
            "folder": folder,
            "scenario": scenario.source,
            "carried": scenario.carried,
            "name": scenario.name,
            "is_real": scenario.is_real,
            "ends_when_stuck": scenario.ends_when_stuck,
            "arguments": arguments,
            "limits": asdict(self._limits),
            "is_first": not self._is_loaded,
        }
        try:
            report = ask(self._cells, request, self._limits)
        finally:
            remove_folder(Path(folder))
        for told in report.flags:
            self._flags.update(dict.fromkeys(flags_told(told, f"{self._module}.py")))
        self._is_loaded = self._is_loaded or report.is_loaded
        return self._judged(report)

    def _judged(self, report: Report) -> Any:
        """Return the answer of a cell, or raise why there is none."""
        if report.answer is None:
            raise self._without_answer(report)
        self._note_unseen(report.answer.get("unseen"))
        kind, message = report.answer.get("kind"), self._message(report.answer)
        if kind == "answer":
            return unpacked(report.answer.get("value"))
        if kind == "scenario error":
            self.end_check()  # Who stumbles over what nobody could see is not at fault.
            raise ScenarioError(str(message))
        if kind == "out of memory":
            raise faults.OutOfMemory(_too_much_memory(self._limits.memory_bytes))
        if kind == "too large":
            raise self._too_large()
        if kind == "stuck":
            where = Text(" (", message, ")") if message else Text()
            raise faults.Stuck(said("the code waits for ever") + where)
        errors: dict[object, type[StudentError]] = {
            "unusable": UnusableFile,
            "not text": faults.NotText,
            "not started": faults.NotStarted,
            "raised": faults.Raised,
        }
        error = errors.get(kind, faults.MalformedAnswer)
        raise error(message if error is not faults.MalformedAnswer else _malformed(message))

    def _message(self, answer: dict[str, Any]) -> Text:
        try:
            return Text.from_data(answer.get("message", []))
        except ValueError as error:
            raise faults.MalformedAnswer(_malformed(_not_plain())) from error

    def _note_unseen(self, told: Any) -> None:
        if told is None:
            return
        try:
            self._limits_met |= UNSEEN & set(map(Limit, told["limits"]))
            self._unwatchable |= {str(name) for name in told["unwatchable"]}
        except (KeyError, TypeError, ValueError) as error:
            raise faults.MalformedAnswer(_malformed(_not_plain())) from error

    def _without_answer(self, report: Report) -> StudentError:
        error, text = self._why_ended(report)
        if report.is_loaded:
            return error(text)
        imported = "when {module}.py is imported, {text}"
        return UnusableFile(said(imported, module=self._module, text=text))

    def _why_ended(self, report: Report) -> tuple[type[StudentError], Text]:
        code, cpu_s, limits = report.ending.code, report.ending.cpu_s, self._limits
        if report.fault is not None:
            return faults.MalformedAnswer, _malformed(said(report.fault))
        if report.ending.excess == "threads":
            many = "the code started more than {limit} threads"
            return faults.EndedProcess, said(many, limit=TREE_THREADS)
        if report.ending.excess == "memory":
            return faults.OutOfMemory, _too_much_memory(TREE_BYTES)
        if report.is_late:
            late = "the code was not done after {deadline_s:g} s"
            return faults.OutOfTime, said(late, deadline_s=limits.deadline_s)
        if code == -_signal("SIGXCPU") or (code == -9 and (cpu_s or 0) >= limits.cpu_s):
            endless = "the code computed for {cpu_s} s without an end"
            return faults.OutOfTime, said(endless, cpu_s=limits.cpu_s)
        if code is None:
            return faults.EndedProcess, said("the code ended the process that looks after it")
        if code < 0:
            ended = said("the process was ended by {signal}", signal=_name_of_signal(-code))
            return faults.EndedProcess, ended
        ended = said("the code ended the process with exit status {code}", code=code)
        return faults.EndedProcess, ended

    def _too_large(self) -> StudentError:
        limit = self._limits.answer_bytes
        return faults.MalformedAnswer(
            said("the code returned or printed too much: more than {limit} bytes", limit=limit)
        )


def _too_much_memory(limit: int) -> Text:
    return said("the code needed more than {limit} MiB of memory", limit=limit // MEBIBYTE)


def _not_plain() -> Text:
    return said("something that is not plain data")


def _malformed(what: Text) -> Text:
    return said("what came back from the code cannot be read: {what}", what=what)


def _signal(name: str) -> int:
    return int(getattr(signal, name, 0)) or 1_000_000


def _name_of_signal(number: int) -> str:
    try:
        return f"signal {signal.Signals(number).name}"
    except ValueError:
        return f"signal {number}"
