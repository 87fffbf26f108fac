"""A scenario: a function of a hidden grader whose source, and nothing else, goes to the cell.

Most are simulated. A real one runs as an ordinary program, with real threads and processes.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import dis
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType
from typing import Any

from .faults import ScenarioError

GIVEN = ("replay", "search", "simulate")
"""The names of the engine that a scenario finds without importing them."""

FILE_NAME = "<check>"
"""What a scenario's own lines are called in a run; its first line, ``def``, is line 1."""

CARRIED_NAME = "<carried>"
"""What the lines of what it carries are called; they are no steps of a run."""

REAL_FILE = "main.py"
"""The file, beside the student's, that a real scenario is the program of."""

_LOADS = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"})
_OF_CLASS_BODIES = frozenset({"__module__", "__name__", "__qualname__"})


@dataclass(frozen=True)
class Scenario:
    """A function to be called in the cell.

    Attributes:
        name: The function's name.
        source: Its ``def`` statement, without decorators, at the left margin; in a real
            scenario, what it carries stands before it.
        is_real: True if it runs as an ordinary program.
        ends_when_stuck: True if it is ended as soon as nothing in it can move any more.
        carried: In a simulated scenario, the source of what it carries.
    """

    name: str
    source: str
    is_real: bool = False
    ends_when_stuck: bool = False
    carried: str = ""

    def __call__(self, *_args: object, **_kwargs: object) -> Any:
        """Refuse to run here: student code runs in the cell only."""
        raise ScenarioError(f"{self.name} is a scenario: call submission.run({self.name}, ...)")


def scenario(function: Callable[..., Any]) -> Scenario:
    """Make a function into a scenario: ``submission.run`` calls it in the cell.

    Its first parameter is the student's module, the others are JSON data by keyword. It may
    use builtins, what it imports itself, and ``simulate``, ``search``, ``replay``. What it
    returns comes back: JSON data, in which there may be runs and searches. Annotations are not
    evaluated.

    Raises:
        ScenarioError: If it is not a plain ``def``, or uses a name that would not exist there.
    """
    found = _without_decorators(function)
    _refuse_missing_names(function, found, {*GIVEN, found.name})
    return found


def scenario_with(
    *carried: Callable[..., Any],
) -> Callable[[Callable[..., Any]], Scenario]:
    """Make a function into a scenario as :func:`scenario` does, with helpers of its own.

    In a run the helpers are what a library is: a call of one is one step, whatever it does,
    and it gives way only where it waits, or calls something of the program. So a made-up world
    that the program is in can keep its books without being searched itself.

    Args:
        carried: Functions and classes of the grader's file. They may use each other, builtins
            and what they import themselves.
    Raises:
        ScenarioError: As :func:`scenario` does, for each of the functions.
    """
    helpers = [_without_decorators(helper) for helper in carried]
    known = {helper.name for helper in helpers}
    for helper, original in zip(helpers, carried, strict=True):
        _refuse_missing_names(original, helper, known)

    def make(function: Callable[..., Any]) -> Scenario:
        found = _without_decorators(function)
        _refuse_missing_names(function, found, {*GIVEN, *known, found.name})
        return replace(found, carried="\n\n".join(helper.source for helper in helpers))

    return make


def real_scenario(
    *carried: Callable[..., Any], ends_when_stuck: bool = False
) -> Callable[[Callable[..., Any]], Scenario]:
    """Make a function into a scenario that runs for real: nothing is simulated.

    It is the main program of the cell's process: its first parameter is the student's module,
    imported as any module is, and it may start processes under every start method.

    Args:
        carried: Functions and classes of the grader's file that it uses. They are at the top
            level of the main program there, so that they can be pickled.
        ends_when_stuck: True if :class:`Stuck` shall come, with the student's line, once all
            its processes have slept for some seconds and none of its threads waits with a
            timeout; else, and where the system does not tell, the deadline ends it. Not for
            what sleeps that long by itself.
    Raises:
        ScenarioError: As :func:`scenario` does, for each of the functions.
    """

    def make(function: Callable[..., Any]) -> Scenario:
        parts = [_without_decorators(part) for part in (*carried, function)]
        known = {part.name for part in parts}
        for part, original in zip(parts, (*carried, function), strict=True):
            _refuse_missing_names(original, part, known)
        source = "\n\n".join(part.source for part in parts)
        return Scenario(parts[-1].name, source, True, ends_when_stuck)

    return make


def compile_scenario(source: str, file: str = FILE_NAME) -> CodeType:
    """Compile a scenario's source; its annotations stay text."""
    flags = __future__.annotations.compiler_flag
    code: CodeType = compile(source, file, "exec", flags=flags, dont_inherit=True)
    return code


def names_of_scenario(path: Path) -> tuple[str, ...]:
    """Return what the files of a scenario are called in tracebacks, beside a student's file."""
    return FILE_NAME, CARRIED_NAME, str(path.with_name(REAL_FILE))


def _refuse_missing_names(original: Callable[..., Any], found: Scenario, known: set[str]) -> None:
    around = getattr(getattr(original, "__code__", None), "co_freevars", ())
    if around:
        raise ScenarioError(
            f"scenario {found.name} uses {', '.join(around)} of the function around it"
        )
    used = set(_free_names(compile_scenario(found.source)))
    missing = sorted(used - set(dir(builtins)) - known)
    if missing:
        raise ScenarioError(
            f"scenario {found.name} uses {', '.join(missing)}, which the cell does not have: "
            "import it inside the function, or pass it as an argument"
        )


def _without_decorators(function: Callable[..., Any]) -> Scenario:
    name = getattr(function, "__name__", repr(function))
    try:
        text = textwrap.dedent(inspect.getsource(function))
        statement = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError) as error:
        raise ScenarioError(f"scenario {name} has no source to send: {error}") from error
    if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
        raise ScenarioError(f"scenario {name} is not a plain def")
    lines = text.splitlines()[statement.lineno - 1 : statement.end_lineno]
    return Scenario(name, "\n".join(lines) + "\n")


def _free_names(code: CodeType) -> Iterator[str]:
    """Yield the names that the code, or code inside it, looks up outside of itself."""
    own = {i.argval for i in dis.get_instructions(code) if i.opname == "STORE_NAME"}
    for instruction in dis.get_instructions(code):
        if instruction.opname in _LOADS and instruction.argval not in own | _OF_CLASS_BODIES:
            yield instruction.argval
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _free_names(constant)
