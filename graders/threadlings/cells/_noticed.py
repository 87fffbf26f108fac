"""Noticing what a run or a search shows, whatever a scenario makes of it: a TODO, blind spots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .. import engine

_ERROR = "NotImplementedError"


class Noticed:
    """Looks at the runs of a scenario for ``NotImplementedError`` with ``TODO`` in its text.

    Attributes:
        todo: The text of the first one that was seen, or None.
        limits: Of the searches, those with which they could not see all that threads did.
        unwatchable: What those searches could not watch.
    """

    def __init__(self) -> None:
        self.todo: str | None = None
        self.limits: frozenset[engine.Limit] = frozenset()
        self.unwatchable: frozenset[str] = frozenset()

    def watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``simulate``, ``search`` or ``replay`` so that its result is looked at."""

        def call(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            for run in _runs_of(result):
                self.look_at_run(run)
            if isinstance(result, engine.Search):
                self.limits |= result.limits & engine.UNSEEN
                self.unwatchable |= set(result.unwatchable)
            return result

        return call

    def unseen(self) -> dict[str, Any]:
        """Return what an answer has to say besides: nothing if the searches saw all."""
        if not self.limits:
            return {}
        return {"unseen": {"limits": sorted(self.limits), "unwatchable": sorted(self.unwatchable)}}

    def look_at_run(self, run: Any) -> None:
        """Look at the errors that left a run's threads."""
        for failure in (run.error, *run.uncaught.values()):
            if failure is not None and _ERROR in failure.bases:
                self._note(failure.message)

    def look_at_error(self, error: BaseException) -> None:
        """Look at an exception that left the scenario."""
        if isinstance(error, NotImplementedError):
            self._note(str(error))

    def look_at_data(self, data: Any) -> None:
        """Look at an answer: a program may have caught the error and put it in its value."""
        for found in _dicts_in(data):
            texts = [text for text in found.values() if isinstance(text, str)]
            if _ERROR in texts:
                for text in texts:
                    self._note(text)

    def _note(self, text: str) -> None:
        if self.todo is None and "TODO" in text:
            self.todo = text


def _runs_of(result: Any) -> Iterator[Any]:
    if hasattr(result, "outcomes"):
        yield from (outcome.run for outcome in result.outcomes)
        if result.failing is not None:
            yield result.failing
    else:
        yield result


def _dicts_in(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
