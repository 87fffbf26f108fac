"""A Codespace, or VS Code with the dev container, opens ready: the command, the tests, the paths.

The words are those of https://containers.dev/implementors/json_reference and of VS Code.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from threadlings.editions.contents import STUDENT

from .test_readme import LESSON, newcomers_path, publish, run, text

ROOT = Path(__file__).parent.parent
CONTAINER = ROOT / ".devcontainer" / "devcontainer.json"
SETTINGS = ROOT / ".vscode" / "settings.json"
KINDS = {
    "name": str,
    "image": str,
    "postCreateCommand": str,
    "waitFor": str,
    "remoteEnv": dict,
    "customizations": dict,
}
"""The words of the specification that are used, and what stands behind each."""
PREPARED = ("python3 -m venv .venv", "pip install -q -e .")


def container():
    return json.loads(text(CONTAINER))


def settings():
    return json.loads(text(SETTINGS))


def test_the_container_says_what_the_specification_has():
    found = container()
    assert {name: type(value) for name, value in found.items()} == KINDS
    assert found["waitFor"] == "postCreateCommand", "it opens when it is ready"
    assert re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:3\.\d\d", found["image"])
    assert all(isinstance(value, str) for value in found["remoteEnv"].values())
    vscode = found["customizations"]["vscode"]
    assert set(vscode) == {"extensions", "settings"}
    assert vscode["extensions"] == ["ms-python.python"]


def test_its_python_is_one_that_the_package_runs_on():
    least = re.search(r'requires-python = ">=3\.(\d+)"', text(ROOT / "pyproject.toml"))
    assert int(container()["image"].rsplit(".", 1)[1]) >= int(least[1])


def test_it_prepares_what_the_newcomer_types():
    typed = "\n".join(newcomers_path(text(ROOT / "README.md")))
    for words in PREPARED:
        assert words in typed
        assert words in container()["postCreateCommand"]


def test_the_settings_name_tests_that_are_there():
    found = settings()
    assert found["python.testing.pytestEnabled"] is True
    assert found["python.testing.unittestEnabled"] is False
    assert [(ROOT / path).is_dir() for path in found["python.testing.pytestArgs"]] == [True]


def test_students_get_both():
    files = STUDENT.files({".devcontainer/devcontainer.json": 1, ".vscode/settings.json": 2})
    assert files == {".devcontainer/devcontainer.json": 1, ".vscode/settings.json": 2}


@pytest.mark.skipif(sys.platform == "win32", reason="the container is a Linux")
def test_the_container_finds_the_commands_and_the_tests(tmp_path):
    folder = tmp_path / "course"
    publish(folder, "student")
    prepared = run(container()["postCreateCommand"], folder)
    assert prepared.returncode == 0, prepared.stderr
    where = {"containerWorkspaceFolder": str(folder), "containerEnv:PATH": "$PATH"}
    path = re.sub(r"\$\{(.+?)\}", lambda found: where[found[1]], container()["remoteEnv"]["PATH"])

    def inside(command):
        return run(f'export PATH="{path}"\n{command}', folder)

    arguments = " ".join(settings()["python.testing.pytestArgs"])
    found = inside(f"pytest --collect-only -q {arguments}")
    assert found.returncode == 0, found.stdout
    assert f"exercises/{Path(LESSON).parent.as_posix()}/test_" in found.stdout
    told = inside("threadlings next").stdout
    assert "  check  threadlings check 1\n" in told
    ready = container()["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    python = ready.replace("${containerWorkspaceFolder}", str(folder))
    assert subprocess.run([python, "-c", "import threadlings"], cwd=tmp_path).returncode == 0
    assert shutil.which("threadlings", path=path) == str(folder / ".venv" / "bin" / "threadlings")
