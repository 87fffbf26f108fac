"""Every command that a page shows is one: its verb, its words, its lesson, its file."""

import re
import shlex
from pathlib import Path

import pytest

from threadlings import cli, manifest
from threadlings.editions.contents import STUDENT

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / ".github" / "ko" / "README.md",
    ROOT / STUDENT.holds["README.md"],
    ROOT / STUDENT.holds["README.ko.md"],
    *sorted((ROOT / "exercises").glob("**/README*.md")),
]
STUBS = [ROOT / "exercises" / lesson.file for lesson in manifest.read()]
FILES = pytest.mark.parametrize(
    "file", [*PAGES, *STUBS], ids=lambda p: p.relative_to(ROOT).as_posix()
)
COMMAND = re.compile(
    r"(?:^|`|   |: )(?:\.venv/bin/)?((?:threadlings|pytest|python) [^`\n&]*?)(?=`|$|\))",
    re.MULTILINE,
)
OPTIONAL = re.compile(r" \[.*")
"""What may be left out, in a synopsis: ``grade PATH... [--lesson 8]``."""


def commands(file):
    """Return the commands that a page shows, a synopsis without what may be left out."""
    text = file.read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("<img"))
    return sorted({OPTIONAL.sub("", command).strip() for command in COMMAND.findall(lines)})


@FILES
def test_every_command_that_is_shown_can_be_typed(file):
    for command in commands(file):
        name, *words = shlex.split(command)
        if name == "threadlings":
            parser = cli._parser(words, is_instructors=True)
            assert parser.parse_args(words), command
        named = [word for word in words if word.startswith(("exercises/", "tests"))]
        if name in ("pytest", "python"):
            assert [word for word in named if not (ROOT / word).exists()] == [], command


def test_commands_are_found():
    assert "threadlings check 8" in commands(ROOT / "README.md")
    assert "pytest exercises/lesson01" in commands(ROOT / "README.md")
    assert "threadlings publish --dry-run" in commands(ROOT / "README.md")
    assert "pytest exercises/lesson03" in commands(ROOT / "exercises/lesson03/README.ko.md")
    assert commands(STUBS[7]) == ["threadlings run 8"]
    with pytest.raises(SystemExit):
        cli._parser(["check", "--nothing"], is_instructors=True).parse_args(["check", "--nothing"])
