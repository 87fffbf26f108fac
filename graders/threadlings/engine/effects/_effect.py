"""What a call of something written in C does with what it is given: letters and words.

An effect is written ``uses -> result``. ``uses`` has a letter for the object that a method belongs
to, if it is one, and for each argument; the last stands for all that follow:

- ``.`` does not look into it,
- ``r`` reads it, but nothing that is in it,
- ``d`` reads it and what is in it, which is compared, hashed, printed or added up,
- ``w`` writes it,
- ``u`` writes it, and reads what is in it,
- ``o`` reads all that can be reached from it,
- ``*`` reads and writes all that can be reached from it,
- ``c`` is ``d``, and if it is a function, calls it with what is in the others.

``result`` is ``new`` (nobody else has it), ``of`` (new, and made of what was given), ``view`` (to
read it later is to read what was given), ``deep`` (and what is in it) or ``any``. With ``?`` a
method in Python may be asked for it, and then it is what that returns.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """What a call does; see the module's own text for the letters and words."""

    uses: str
    result: str

    def use_of(self, place: int) -> str:
        """Return the letter for what is given at a place: 0 is the object of a method."""
        return self.uses[min(place, len(self.uses) - 1)]

    @property
    def asks(self) -> bool:
        """True if the result may be what a method in Python returns."""
        return self.result.endswith("?")

    @property
    def calls(self) -> bool:
        """True if what is given may be called with what is in the others."""
        return "c" in self.uses

    @property
    def later(self) -> str:
        """The letter for what was given, when the result is read."""
        return _LATER.get(self.result.removesuffix("?"), ".")


_LATER = {"view": "r", "deep": "d"}
UNKNOWN_EFFECT = Effect("*", "any")
"""Of what is in no table: it reads and writes all that can be reached from what it is given."""


def entries(text: str) -> dict[str, Effect]:
    """Return the effects in a text, by name: ``name: uses -> result``."""
    found = {}
    words = text.split()
    for position, word in enumerate(words):
        if word.endswith(":") and word != ":":
            found[word[:-1]] = Effect(words[position + 1], words[position + 3])
    return found
