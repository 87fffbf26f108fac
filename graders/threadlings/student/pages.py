"""A lesson's page in the student's language: its title, its tasks, its hints."""

from __future__ import annotations

import re
from pathlib import Path

from ..language import chosen

_HINT = re.compile(r"<details><summary>\D*(\d+)\.(\d+)</summary>\s*(.*?)\s*</details>", re.DOTALL)
_TASK = re.compile(r"^(\d+)\. (.+(?:\n(?!\d+\. |\n|#).+)*)", re.MULTILINE)
_TASKS = re.compile(r"^## (?:Your tasks|과제)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^# Lesson \d+: (.+)$", re.MULTILINE)
_NAMES = {"en": "README.md", "ko": "README.ko.md"}


class Page:
    """The page of a lesson; what it lacks is empty."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _NAMES[chosen()]
        if not self.path.is_file():
            self.path = folder / _NAMES["en"]
        try:
            self._text = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self._text = ""

    @property
    def title(self) -> str:
        """What the lesson is about, in a word or two."""
        found = _TITLE.search(self._text)
        return found[1].strip() if found else ""

    def task(self, number: int) -> str:
        """Return what a task asks for."""
        section = _TASKS.search(self._text)
        tasks = dict(_TASK.findall(section[1])) if section else {}
        return str(tasks.get(str(number), ""))

    def hints(self, task: int) -> list[str]:
        """Return the hints for a task, from a question to nearly the answer."""
        found = _HINT.findall(self._text)
        return [text for number, _which, text in found if int(number) == task]
