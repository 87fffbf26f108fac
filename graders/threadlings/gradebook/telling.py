"""What a gradebook says in words: findings and messages, in the language that is asked for."""

from __future__ import annotations

from ..feedback import Finding, as_lines
from ..language import Text, chosen, translator
from ..pictures import timeline
from .cleaning import clean

_WIDTH = 68
"""Columns of a timeline as text; messages are indented in the table of a class."""


def in_words(text: Text, language: str | None = None) -> str:
    """Return a text in a language; in the one that was chosen, if None."""
    return clean(text.in_words(translator(language)))


def finding_as_text(finding: Finding, language: str | None = None) -> str:
    """Return a finding as lines of text, with its steps and its timeline.

    Args:
        finding: What was found.
        language: ``en`` or ``ko``; the one that was chosen, if None.
    """
    parts = [as_lines(finding, translator(language))]
    if finding.timeline is not None:
        parts.append(timeline(finding.timeline, language or chosen(), width=_WIDTH))
    return clean("\n\n".join(filter(None, parts)))


def message_of(finding: Finding, language: str | None = None) -> str:
    """Return a finding's message, without what shows it; in the chosen language, if None."""
    return clean(finding.message(translator(language)))
