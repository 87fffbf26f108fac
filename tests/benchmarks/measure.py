"""One side of the benchmark on one program, in a process of its own.

    python -m tests.benchmarks.measure SIDE CASE

prints one line of JSON: the fields of :class:`Answer`. Each side is used as its own
documentation says for such a program, in the quickest way that still decides it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from .cases import Case, case_called

HOLDS, FAILS, UNDECIDED = "HOLDS", "FAILS", "undecided"
REPEATED_BELOW_S = 0.5
REPEATS = 5


@dataclass
class Answer:
    """What a side said of a program.

    Attributes:
        verdict: ``HOLDS``, ``FAILS`` or ``undecided``.
        fails_by: For FAILS, how: ``value``, ``deadlock`` or another word of the side's own.
        runs: How often it ran the program.
        said: For ``undecided``, why; and whether a second call says something else.
        first_s: Real seconds to the verdict, at the first call in a new process.
        best_s: The same, the best of this call and, if it was short, of five more.
    """

    verdict: str
    fails_by: str = ""
    runs: int = 0
    said: str = ""
    first_s: float = 0.0
    best_s: float = 0.0


Decide = Callable[[], Answer]


class BrokenError(Exception):
    """The invariant does not hold. Not an AssertionError: a peer's own code may raise those."""


def threadlings(case: Case) -> Decide:
    """Search the program as a hidden grader does: a lesson, and a scenario that uses it."""
    from threadlings.engine import load, search

    program = _natural(case, load(case.path))

    def decide() -> Answer:
        seen = search(program, lambda run: run.value is True)
        verdict = UNDECIDED if seen.verdict == "INCOMPLETE" else seen.verdict
        return Answer(verdict, _how(seen.failing), seen.runs, seen.reason)

    return decide


def _how(run: Any) -> str:
    if run is None:
        return ""
    if run.error is not None or run.uncaught:
        return "error"
    return "deadlock" if run.deadlock else "livelock" if run.livelock else "value"


def frontrun(case: Case) -> Decide:
    """Explore with DPOR, the locks patched before the program is imported (as its plugin does).

    Deadlocks are certain, not timed out, only on its virtual clock. The counterexample is not
    run ten times again, as it is by default: that is not needed for the verdict.
    """
    return _frontrun(case, {})


def frontrun_unbounded(case: Case) -> Decide:
    """The same without its default bound of two preemptions: a proof, as ours is."""
    return _frontrun(case, {"preemption_bound": None})


def _frontrun(case: Case, options: dict[str, Any]) -> Decide:
    os.environ["FRONTRUN_ACTIVE"] = "1"
    from frontrun._cooperative import patch_locks

    patch_locks()
    import frontrun

    module = _imported(case)
    names = case.bodies or (str(case.natural),)
    workers = [getattr(module, name) for name in names]
    setup, invariant = getattr(module, case.setup), getattr(module, case.invariant)

    def decide() -> Answer:
        found = frontrun.explore(
            setup, workers, invariant, reproduce_on_failure=0, clock="virtual", **options
        )
        runs = found.num_explored
        if found.property_holds is None:
            return Answer(UNDECIDED, "", runs, found.inconclusive_reason or "")
        if found.property_holds:
            return Answer(HOLDS, "", runs)
        how = "deadlock" if (found.explanation or "").startswith("Deadlock") else "value"
        return Answer(FAILS, how, runs)

    return decide


def interleave_test(case: Case) -> Decide:
    """Go through all schedules with at most two preemptions: the only strategy that proves."""
    return _interleave_test(case, {"strategy": "dfs", "iterations": 100_000})


def interleave_test_random(case: Case) -> Decide:
    """Try 500 random schedules, as on its first page; good for failures only."""
    return _interleave_test(case, {"strategy": "random", "iterations": 500, "seed": 42})


def _interleave_test(case: Case, options: dict[str, Any]) -> Decide:
    import interleave_test as it

    module = _imported(case)

    def model() -> None:
        with it.no_interleave():
            state = getattr(module, case.setup)()
        if case.bodies:
            tasks = [it.spawn(getattr(module, name), state) for name in case.bodies]
            for task in tasks:
                task.join()
        else:
            getattr(module, str(case.natural))(state)
        with it.no_interleave():
            if not getattr(module, case.invariant)(state):
                raise BrokenError

    def decide() -> Answer:
        result = it.explore(model, raise_on_failure=False, exclude=[__file__], **options)
        runs = result.schedules_run
        if result.failure is None:
            verdict = HOLDS if result.exhausted else UNDECIDED
            return Answer(verdict, "", runs, "" if result.exhausted else f"none in {runs} fails")
        if result.failure.kind == "hang":
            return Answer(UNDECIDED, "", runs, result.failure.format(0).splitlines()[0])
        error = result.failure.exception
        how = "value" if isinstance(error, BrokenError) else type(error).__name__
        return Answer(FAILS, "deadlock" if result.failure.kind == "deadlock" else how, runs)

    return decide


def _imported(case: Case) -> Any:
    spec = importlib.util.spec_from_file_location(case.file, case.path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _natural(case: Case, module: Any) -> Callable[[], bool]:
    """Return the program as it would be written: it starts its threads and joins them."""
    setup, bodies, natural, invariant = case.setup, case.bodies, case.natural, case.invariant

    def program() -> bool:
        state = getattr(module, setup)()
        if natural is not None:
            getattr(module, natural)(state)
        else:
            threads = [
                threading.Thread(target=getattr(module, name), args=(state,)) for name in bodies
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return bool(getattr(module, invariant)(state))

    return program


SIDES: dict[str, Callable[[Case], Decide]] = {
    "threadlings": threadlings,
    "frontrun": frontrun,
    "frontrun-unbounded": frontrun_unbounded,
    "interleave-test": interleave_test,
    "interleave-test-random": interleave_test_random,
}
PACKAGES = {
    "frontrun": "frontrun",
    "frontrun-unbounded": "frontrun",
    "interleave-test": "interleave_test",
    "interleave-test-random": "interleave_test",
}
"""The package that a peer needs."""


def timed(decide: Decide) -> Answer:
    """Return the answer with the seconds it took."""
    began = time.perf_counter()
    answer = decide()
    answer.first_s = answer.best_s = time.perf_counter() - began
    if answer.first_s < REPEATED_BELOW_S and answer.verdict != UNDECIDED:
        for _ in range(REPEATS):
            began = time.perf_counter()
            again = decide()
            taken_s = time.perf_counter() - began
            if (again.verdict, again.fails_by) != (answer.verdict, answer.fails_by):
                answer.said = f"a second call says {again.verdict} {again.fails_by}".strip()
                break
            answer.best_s = min(answer.best_s, taken_s)
    return answer


def main() -> None:
    """Measure what the command line names, and print it.

    The process then ends at once, whatever threads a side has left behind.
    """
    side, name = sys.argv[1:]
    answer = timed(SIDES[side](case_called(name)))
    print(json.dumps(asdict(answer)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
