"""The same program gives byte-equal results, each time and everywhere."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from . import repeated

ROOT = Path(__file__).parent.parent.parent
# 200 is what is promised; fewer are for quick runs.
TIMES = int(os.environ.get("THREADLINGS_DETERMINISM_TIMES", "50"))


@pytest.mark.parametrize("program", [*repeated.PROGRAMS, repeated.sets_of_strings])
def test_results_are_equal_each_time(program):
    first = repeated.results(program)
    for _ in range(TIMES - 1):
        assert repeated.results(program) == first


@pytest.fixture(scope="module")
def expected():
    """Results in a process of their own."""
    return printed_by()


def printed_by(*options, **environment):
    """Return what the script prints in a new process."""
    return subprocess.run(
        [sys.executable, *options, "-m", "tests.engine.repeated"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    ).stdout


def test_results_are_equal_here_and_in_another_process(expected):
    here = [repeated.results(program) for program in repeated.PROGRAMS]
    there = expected.decode().replace("__main__.", f"{repeated.__name__}.").splitlines()
    assert here == there


@pytest.mark.parametrize("seed", ["0", "1", "12345"])
def test_results_are_equal_whatever_the_hash_seed(expected, seed):
    assert printed_by(PYTHONHASHSEED=seed) == expected


def test_results_are_equal_beside_busy_processes(expected):
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        assert printed_by() == expected
    finally:
        for process in busy:
            process.kill()
            process.wait()


CORES = ["ctrace", "pytrace", *(["sysmon"] if sys.version_info >= (3, 12) else [])]


@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize("branch", [[], ["--branch"]], ids=["lines", "branches"])
def test_results_are_equal_under_coverage(expected, core, branch, tmp_path):
    options = ["-m", "coverage", "run", *branch, f"--data-file={tmp_path / 'data'}"]
    assert printed_by(*options, COVERAGE_CORE=core) == expected


HOSTS = {
    "debugger": """
def trace(frame, event, argument):
    frame.f_trace_opcodes = True
    return trace
sys.settrace(trace)
threading.settrace(trace)
""",
    "profiler": """
sys.setprofile(lambda *_arguments: None)
threading.setprofile(lambda *_arguments: None)
""",
    "switching": "sys.setswitchinterval(1e-6)",
    "collecting": "import gc; gc.set_threshold(1)",
    "other threads": """
def spin():
    while True:
        sum(range(100))
for _ in range(2):
    threading.Thread(target=spin, daemon=True).start()
""",
}


@pytest.mark.parametrize("host", HOSTS)
def test_results_are_equal_whatever_the_host_does(expected, host):
    script = f"import runpy, sys, threading\n{HOSTS[host]}\n"
    script += "runpy.run_module('tests.engine.repeated', run_name='__main__')\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == expected


def test_results_are_equal_in_a_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(repeated.results(repeated.deadlock)))
    thread.start()
    thread.join()
    assert found == [repeated.results(repeated.deadlock)]
