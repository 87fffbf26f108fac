"""Lines that public and hidden files share on purpose, as the repository itself says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from ..usage import UsageError
from ._lines import RUN, lines_of, runs
from .contents import SHARED_LINES


@dataclass(frozen=True)
class Shared:
    """Lines that are no leak in some files.

    Attributes:
        files: Where, by their paths in the repository.
        why: Why they may be there.
        runs: The runs of three lines that they are made of.
    """

    files: frozenset[str]
    why: str
    runs: frozenset[tuple[str, ...]]


def read_shared(data: bytes) -> list[Shared]:
    """Read the text of ``.github/shared-lines.toml``.

    Raises:
        UsageError: If it is not TOML, or not ``[[shared]]`` tables with ``files``, ``why`` and
            ``lines``.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8")).get("shared", [])
        return [_shared(table["files"], table["why"], table["lines"]) for table in tables]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise UsageError(f"{SHARED_LINES} cannot be read: {error}") from None
    except (KeyError, TypeError, AttributeError):
        raise UsageError(
            f"{SHARED_LINES} must have [[shared]] tables, each with files, why and lines"
        ) from None


def _shared(files: list[str], why: str, text: str) -> Shared:
    found = frozenset(run for _at, run in runs(lines_of(text)))
    if not found:
        raise ValueError(f"{why!r} has fewer than {RUN} lines: those are no leak")
    return Shared(frozenset(files), why, found)
