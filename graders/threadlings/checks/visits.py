"""What became of a visit to a site that we make up, in words for the student."""

from __future__ import annotations

from typing import Any

from ..engine import Run
from ..language import Text, said
from .promises import LEFT, Broken, ended_well

FAILURES = {
    "404": "answered 404",
    "500": "answered 500",
    "timeout": said("did not answer in time (ReadTimeout)"),
    "no connection": said("could not be reached (ConnectionError)"),
    "broken JSON": said("answered with JSON that breaks off in the middle"),
    "no JSON": said("answered with a page that is not JSON"),
}
"""How a page can fail."""


def visited(run: Run, function: str, *, may_leave: bool = True) -> dict[str, Any]:
    """Return what ``Site.visit`` told of a call that came to an end, with or without an error.

    Raises:
        Broken: If it did not, if another thread ended with an error, or, unless it may, if it
            left threads behind.
    """
    if run.returned and run.value["left"] > 0 and not may_leave:
        raise Broken(_left(run.value, function))
    end: dict[str, Any] = ended_well(run, LEFT)
    return end


def fetched(run: Run, function: str) -> dict[str, Any]:
    """Return what ``Site.visit`` told of a call that should raise nothing, and raised nothing."""
    end = visited(run, function)
    if end["error"] is not None:
        raise Broken(
            "{name}() raised {named}{remark}",
            name=function,
            named=named_error(end["error"]),
            remark=remark(end),
        )
    return end


def named_error(error: dict[str, Any]) -> str:
    """Return an exception with its text and the student's line."""
    text = f": {error['text']}" if error["text"] else ""
    return f"{error['type']}{text}{error['place']}"


def remark(end: dict[str, Any]) -> str | Text:
    """Say what else was strange in a visit: it may be the reason."""
    text: str | Text = ""
    if end["strange"]:
        text += said(
            "\n  it asked for {strange}, which is no page of the site", strange=end["strange"][0]
        )
        text += said('\n  the URL of a next page is the value of "next", as it is')
    if end.get("left", 0) > 0:
        text += said("\n  threads that had not ended when it returned: {left}", left=end["left"])
    return text


def used_the_session(end: dict[str, Any], function: str) -> None:
    """Require that a call used no session but the one it was given.

    Raises:
        Broken: If it did.
    """
    if not end["is_given"]:
        raise Broken(
            "{name}() did not use the session that it was given\n"
            "  each of its requests should go through that session",
            name=function,
        )


def not_once(times: int, url: str) -> Text:
    """Say that a page was not fetched exactly once."""
    was = said("was fetched {times} times", times=times) if times else said("was not fetched")
    return said(
        "a page {was}; each should be fetched exactly once\n  it is {url}", was=was, url=url
    )


def _left(end: dict[str, Any], function: str) -> Text:
    error = end["error"]
    return said(
        "{name}() {did} and left threads behind: {left}\n"
        "  every thread that it started should have ended by then",
        name=function,
        did="returned" if error is None else said("raised {type}", type=error["type"]),
        left=end["left"],
    )
