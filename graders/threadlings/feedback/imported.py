"""What is told of a file that cannot be imported without harm."""

from __future__ import annotations

from importlib.util import decode_source

from ..engine import Place, Run
from ..language import Text, said
from .words import name_of_thing


def why_not_text(name: str, source: bytes) -> Text:
    """Return why a file's bytes are no text, with its line; empty if they are.

    Args:
        name: The file's name.
        source: Its bytes, in the encoding that a comment names, or in UTF-8.
    """
    try:
        try:
            decode_source(source)
        except SyntaxError:  # The first two lines are not UTF-8, or name an unknown encoding.
            source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        text = "{name} is not {encoding} text, line {line}: save it as UTF-8"
        return said(text, name=name, encoding=error.encoding, line=line)
    return Text()


def why_not_imported(run: Run, name: str) -> Text:
    """Return what went wrong in a run that only imported a file; empty if nothing did.

    Args:
        run: Of a program that asks a source for its names, and does nothing else.
        name: The file's name.
    """
    if run.error is not None:
        told = _error(run, name)
        return told + _at(run.error.place)
    if run.deadlock:
        wait = run.deadlock[0]
        waits = "{name} waits for ever when it is imported, for {what}"
        return said(waits, name=name, what=name_of_thing(wait.what)) + _at(wait.place)
    if not run.returned:
        place = run.livelock[0].place if run.livelock else None
        return said("{name} does not end when it is imported", name=name) + _at(place)
    if len(run.threads) > 1:
        thread = run.threads[1]
        goes_on = "{name} starts a thread when it is imported that goes on: {thread}"
        return said(goes_on, name=name, thread=thread.name) + _at(thread.started_at)
    return Text()


def _error(run: Run, name: str) -> Text:
    error = run.error
    assert error is not None
    if "SystemExit" in error.bases:
        return said("{name} ends the program when it is imported", name=name)
    if "EOFError" in error.bases or error.message.startswith("pytest: reading from stdin"):
        return said("{name} reads what somebody types when it is imported", name=name)
    told = f"{error.type_name}: {error.message}" if error.message else error.type_name
    return said("{name} cannot be imported: {told}", name=name, told=told)


def _at(place: Place | None) -> str:
    return f" ({place})" if place is not None else ""
