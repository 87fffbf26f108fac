"""What the dumb explorer sees, and what happens for real, is among what the search sees."""

import ast
import os
from pathlib import Path

import pytest

from threadlings.engine import search

from . import explorer, learners_programs, learners_words, reality

PROGRAMS = int(os.environ.get("THREADLINGS_EXPLORER_PROGRAMS", "200"))
SEED = int(os.environ.get("THREADLINGS_EXPLORER_SEED", "0"))
RUNS = int(os.environ.get("THREADLINGS_EXPLORER_RUNS", "20"))
FOLDER = os.environ.get("THREADLINGS_EXPLORER_FOLDER", "")
"""A folder with more programs: each function without arguments of each file in it."""
KEEPS_AN_RLOCK = "again.acquire()"
SEARCH_RUNS = 60
"""What a search that takes more than this says is not looked at."""
READS_THE_CLOCK = {
    "join_in_time_and_not",
    "sleeping_side_by_side",
    "subclass_of_thread",
    "timer_fires_and_is_cancelled",
}
"""Programs whose value is that of a clock, which is not searched; ``test_limits.py`` says so."""
HERE = Path(__file__).parent

exec(learners_words.IMPORTS, {})  # Modules are the same in all runs.


def functions_in(path):
    """Return the names of a file's functions that take no arguments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = node.args
            if not (arguments.args or arguments.vararg or arguments.kwonlyargs):
                yield node.name


def cases_in(paths):
    return [
        pytest.param(path, name, id=f"{path.stem}-{name}")
        for path in sorted(paths)
        for name in functions_in(path)
        if name not in READS_THE_CLOCK
    ]


def compared(source, runs, seed=0, **budget):
    found = explorer.missed(source, runs, seed, **budget)
    if found is not None:
        pytest.fail(str(found))


def source_of(seed):
    return explorer.Source.of_text(learners_programs.drawn(seed).text())


def missed_by(program, seed):
    source = explorer.Source.of_text(program.text())
    return explorer.missed(source, RUNS, seed, max_runs=SEARCH_RUNS, samples=0)


@pytest.mark.parametrize("seed", range(SEED, SEED + PROGRAMS))
def test_search_sees_what_the_explorer_sees(seed):
    program = learners_programs.drawn(seed)
    found = missed_by(program, seed)
    if found is not None:
        small = learners_programs.shrunk(program, lambda p: missed_by(p, seed), tries=20)
        pytest.fail(str(missed_by(small, seed) or found))


@pytest.mark.parametrize(("path", "name"), cases_in(HERE.glob("programs*.py")))
def test_search_sees_what_known_programs_do(path, name):
    compared(explorer.Source.of_file(path, name), RUNS // 2)


@pytest.mark.parametrize(("path", "name"), cases_in(Path(FOLDER).glob("*.py") if FOLDER else ()))
def test_search_sees_what_programs_of_a_folder_do(path, name):
    compared(explorer.Source.of_file(path, name), RUNS * 10)


@pytest.mark.parametrize("seed", range(SEED, SEED + PROGRAMS, 20))
def test_search_sees_what_happens_for_real(seed):
    source = source_of(seed)
    if KEEPS_AN_RLOCK in source.text:
        return  # A later thread may have the identifier of the one that has kept it.
    seen = search(source.as_callable(), max_runs=SEARCH_RUNS, samples=0)
    if explorer.is_claimed(seen):
        endings = explorer.endings_of(seen)
        for ending in reality.real_endings(source.text):
            if not reality.is_among(ending, endings):
                how = "with real threads"
                pytest.fail(str(explorer.Missed(ending, how, frozenset(endings), source)))


COUNTER = """
import threading
class Box: n = 0
def program():
    box = Box()
    def work():
        box.n += 1
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return box.n
"""


def test_explorer_sees_the_lost_update():
    source = explorer.Source.of_text(COUNTER)
    seen = explorer.explore(source, max_runs=300)
    assert set(seen.endings) == {("value", "1"), ("value", "2")}


def test_explorer_goes_through_all_schedules_where_they_are_few():
    text = "import time\ndef program():\n    time.sleep(1)\n    return 1\n"
    seen = explorer.explore(explorer.Source.of_text(text), max_runs=10)
    assert (set(seen.endings), seen.is_complete) == ({("value", "1")}, True)


def test_explorer_draws_the_same_schedules_again():
    source = source_of(3)
    first, second = (explorer.explore(source, 20, seed=5) for _ in range(2))
    assert first == second


def test_real_threads_that_hang_are_told(monkeypatch):
    monkeypatch.setattr(reality, "DEADLINE_S", 1.0)
    text = "import threading\ndef program():\n    lock = threading.Lock()\n"
    assert reality.real_endings(text, runs=2) == {("value", "null")}
    text += "    lock.acquire()\n    lock.acquire()\n"
    assert reality.real_endings(text, runs=2) == {reality.HANGS}


def test_program_of_a_seed_is_always_the_same():
    assert learners_programs.drawn(7).text() == learners_programs.drawn(7).text()
