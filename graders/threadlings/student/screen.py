"""What is printed: coloured in a terminal, plain text everywhere else and with NO_COLOR."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..language import Text, said

Words = str | Text
Span = Words | tuple[Words, str]
"""A text, or a text and its style as rich names it."""


def is_coloured() -> bool:
    """Return True if a person looks at a terminal and has nothing against colours."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def line(*spans: Span) -> None:
    """Print one line, or several if a text has line breaks."""
    parts = [(str(s[0]), s[1]) if isinstance(s, tuple) else (str(s), "") for s in spans]
    if not is_coloured():
        print("".join(text for text, _style in parts))
        return
    from rich.console import Console
    from rich.text import Text as StyledText

    Console(highlight=False, soft_wrap=True).print(StyledText.assemble(*parts))


def story(text: str) -> None:
    """Print what went wrong; its first line says what."""
    headline, *rest = text.split("\n", 1)
    line((headline, "bold"), *(f"\n{more}" for more in rest))


def markdown(text: str) -> None:
    """Print a paragraph of a page; without colours it is printed as it stands there."""
    if not is_coloured():
        print(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


@contextmanager
def busy(text: Words) -> Iterator[None]:
    """Show in a terminal that something is being done, for as long as it takes."""
    if not is_coloured():
        yield
        return
    from rich.console import Console

    with Console().status(str(text)):
        yield


def replace_unprintable() -> None:
    """Let no letter that the terminal lacks end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


MARKS: Mapping[str, tuple[Text, str]] = {
    "passed": (said("done"), "green"),
    "failed": (said("broken"), "red"),
    "todo": (said("open"), "yellow"),
}
"""How a task stands, in a word and its colour."""
