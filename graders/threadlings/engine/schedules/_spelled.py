"""Schedules in letters: which one a run had, and following one."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel import Processor, Transition, letter_of
from ..runs import MAIN


def letters_of(schedule: str) -> list[str]:
    """Return the letters of a schedule, each with its number, if it has one.

    Raises:
        ValueError: If the schedule is empty or not made of letters of threads.
    """
    letters: list[str] = []
    for character in schedule:
        if character.isdigit() and letters:
            letters[-1] += character
        elif character == MAIN or "A" <= character <= "Z":
            letters.append(character)
        else:
            raise ValueError(f"a schedule is made of letters A to Z and m, not {character!r}")
    if not letters:
        raise ValueError("the schedule is empty: give letters such as 'ABBA'")
    return letters


def schedule_of(transitions: Sequence[Transition]) -> str:
    """Return the schedule of a run in letters."""
    chosen = [t for t in transitions if t.enabled is not None]
    main_waited = any(t.thread != 0 and 0 in (t.enabled or ()) for t in chosen)
    return "".join(letter_of(t.thread) for t in chosen if t.thread != 0 or main_waited)


class Follow:
    """Follows the letters of a schedule; where they say nothing, the main thread goes first."""

    def __init__(self, letters: list[str]) -> None:
        self._letters = letters
        self._spells_main = MAIN in letters
        self._position = 0

    def choose(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        """Choose the thread of the next letter that can go on."""
        if 0 in enabled and not self._spells_main:
            return 0
        while self._position < len(self._letters):
            letter = self._letters[self._position]
            self._position += 1
            for index in enabled:
                if letter_of(index) == letter:
                    return index
        return current if current in enabled else enabled[0]
