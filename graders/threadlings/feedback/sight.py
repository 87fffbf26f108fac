"""Why a search proves nothing: what the threads did could not all be seen."""

from __future__ import annotations

from collections.abc import Iterable

from ..engine import Limit
from ..language import said


def why_unjudged(limits: Iterable[Limit], unwatchable: Iterable[str]) -> str:
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
        names = ", ".join(said(name) for name in sorted(set(unwatchable)))
        parts.append(
            said(
                f"the code could not be judged: it uses {names}, "
                "and what threads do with that cannot be watched\n"
                "  keep what they share in ordinary attributes, such as self.n, lists or dicts"
            )
        )
    return "\n".join(parts)
