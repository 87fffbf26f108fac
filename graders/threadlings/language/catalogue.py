"""Catalogues of what is said, as gettext and translators' tools have them."""

from __future__ import annotations

from pathlib import Path

import polib


def read(path: Path) -> dict[str, str]:
    """Return the translations of a catalogue, by key; what is not translated yet is left out.

    Raises:
        ValueError: If it cannot be read, or is not a catalogue; the text has its name.
    """
    try:
        entries = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError) as error:
        raise ValueError(f"{path.name} cannot be read as a catalogue: {error}") from error
    return {entry.msgid: entry.msgstr for entry in entries.translated_entries()}
