"""What became of a visit to a site that we make up, in words for the student."""

from __future__ import annotations

from typing import Any

from ..engine import Run
from ..language import Text, said
from .promises import LEFT, Broken, ended_well, nothing_wrong

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

    Args:
        run: Its value is a list of that alone.
        function: The name of what was called.
        may_leave: False if it should not have left threads behind.
    Raises:
        Broken: If it did not come to an end, if another thread ended with an error, or if it
            left threads that it should not have left.
    """
    if run.returned and not may_leave:
        nothing_wrong(left_threads(run.value[0], function))
    (end,) = ended_well(run, LEFT)
    told: dict[str, Any] = end
    return told


def fetched(run: Run, function: str) -> dict[str, Any]:
    """Return what ``Site.visit`` told of a call that should raise nothing, and raised nothing."""
    end = visited(run, function)
    nothing_wrong(not_fetched(end, function))
    return end


def not_fetched(end: dict[str, Any], function: str) -> str | Text:
    """Return what is wrong if a call raised something; nothing if it did not."""
    if end["error"] is None:
        return ""
    return said(
        "{name}() raised {named}{remark}",
        name=function,
        named=named_error(end["error"]),
        remark=remark(end),
    )


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


def left_threads(end: dict[str, Any], function: str) -> str | Text:
    """Return what is wrong if a call left threads behind; nothing if it did not."""
    error = end["error"]
    if not end["left"]:
        return ""
    return said(
        "{name}() {did} and left threads behind: {left}\n"
        "  every thread that it started should have ended by then",
        name=function,
        did="returned" if error is None else said("raised {type}", type=error["type"]),
        left=end["left"],
    )
