"""What is printed: coloured in a terminal, plain text everywhere else and with NO_COLOR."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

Span = str | tuple[str, str]
"""A text, or a text and its style as rich names it."""


def is_coloured() -> bool:
    """Return True if a person looks at a terminal and has nothing against colours."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def line(*spans: Span) -> None:
    """Print one line, or several if a text has line breaks."""
    if not is_coloured():
        print("".join(span if isinstance(span, str) else span[0] for span in spans))
        return
    from rich.console import Console
    from rich.text import Text

    Console(highlight=False, soft_wrap=True).print(Text.assemble(*spans))


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
def busy(text: str) -> Iterator[None]:
    """Show in a terminal that something is being done, for as long as it takes."""
    if not is_coloured():
        yield
        return
    from rich.console import Console

    with Console().status(text):
        yield


def replace_unprintable() -> None:
    """Let no letter that the terminal lacks end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


MARKS: Mapping[str, tuple[str, str]] = {
    "passed": ("done", "green"),
    "failed": ("broken", "red"),
    "todo": ("open", "yellow"),
}
"""How a task stands, in a word and its colour."""
