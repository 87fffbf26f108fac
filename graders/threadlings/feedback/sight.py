"""Why a search proves nothing: what the threads did could not all be seen."""

from __future__ import annotations

from collections.abc import Iterable

from ..engine import PHRASES, SENTENCES, Limit, Search
from ..language import Text, joined, lines, said


def why_unjudged(limits: Iterable[Limit], unwatchable: Iterable[str]) -> Text:
    """Return why searches that found no failure say nothing, and what to do; else nothing.

    Args:
        limits: Those of the searches. Only those matter with which a run is not seen as it was.
        unwatchable: What the program uses that cannot be watched.
    """
    met, parts = set(limits), []
    if Limit.OUT_OF_SIGHT in met:
        parts.append(
            said(
                "the code could not be judged: it recurses to Python's limit, "
                "where nobody can see what its threads do\n"
                "  recurse less deep, or use a loop"
            )
        )
    if Limit.UNWATCHABLE in met:
        parts.append(
            said(
                "the code could not be judged: it uses {names}, "
                "and what threads do with that cannot be watched\n"
                "  keep what they share in ordinary attributes, such as self.n, lists or dicts",
                names=unwatchable_things(unwatchable),
            )
        )
    return lines(*parts)


def unwatchable_things(names: Iterable[str]) -> Text:
    """Return what cannot be watched: names of the program, and what the engine calls others."""
    return joined(", ", (said(n) if n in PHRASES else n for n in sorted(set(names))))


def why_limited(seen: Search) -> list[Text]:
    """Return what kept a search from seeing all: its ``reasons``, in no language yet."""
    told: list[Text] = []
    for limit in sorted(seen.limits, key=list(Limit).index):
        key = SENTENCES[limit]
        if limit is Limit.UNWATCHABLE:
            told += [said(key, name=unwatchable_things([name])) for name in seen.unwatchable]
        else:
            told.append(said(key, number=seen.numbers.get(limit), sampled=seen.sampled))
    return told
