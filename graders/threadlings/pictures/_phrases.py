"""What the pages say of themselves, by name; their Korean is in the catalogue."""

from __future__ import annotations

from ..language import Text, said

PAGE: dict[str, Text] = {
    "programs": said("Programs"),
    "watch": said("Watch"),
    "choose": said("Be the scheduler"),
    "compare": said("Where it goes wrong"),
    "views": said("What to do"),
    "which": said("Schedule"),
    "first": said("To the start"),
    "back": said("One step back"),
    "forward": said("One step on"),
    "last": said("To the end"),
    "position": said("Step"),
    "of": said("{} of {}"),
    "start": said("The threads are ready. Nobody was chosen yet."),
    "begin": said("start"),
    "steps": said("Steps"),
    "code": said("Your code"),
    "line": said("line {}"),
    "here": said("{} is here"),
    "main": said("main"),
    "goes": said("{} goes"),
    "goes_on": said("goes on to its end"),
    "moves_on": said("goes on"),
    "next": said("next: {}"),
    "waits": said("{} cannot go now (next: {})"),
    "untried": said("{} going here was not tried (next: {})"),
    "ended": said("{} has ended"),
    "who": said("Who goes next?"),
    "who_hint": said(
        "Choose a thread, or press its letter. Take back with ←, begin again with Home."
    ),
    "take_back": said("Take back"),
    "again": said("Begin again"),
    "schedule": said("Your schedule"),
    "broke": said("You broke it!"),
    "held": said("This schedule ends well"),
    "lost": said("It goes wrong"),
    "won": said("It ends well"),
    "cut": said("This run was cut off"),
    "found": said("Endings found: {} of {}"),
    "hidden": said("not found yet"),
    "losing": said("A losing schedule"),
    "winning": said("A winning schedule"),
    "part": said("here they part"),
    "together": said(
        "Both schedules begin alike. They part where {} goes in one and {} in the other."
    ),
    "seconds": said("virtual seconds"),
    "timeline": said("Timeline"),
    "step": said("a step"),
    "running": said("runs"),
    "sleeping": said("sleeps"),
    "waiting": said("waits"),
    "for": said("for {}"),
    "bars": said("Bars show who sleeps or waits, and when; the steps below say the same in words."),
    "keys": said("Keys: ← and → go one step, Home and End to the start and the end."),
    "no_script": said("This page needs JavaScript, which this browser does not run."),
    "good": said("ends well"),
    "bad": said("goes wrong"),
    "skip": said("To the steps"),
}
"""Where there is ``{}``, a page puts a value, one after the other."""

SUMMARIES: dict[str, str] = {
    "lost": ("Wrong endings: {bad} of {all}. Runs, for every schedule that can matter: {runs}."),
    "won": "No schedule breaks it. Runs, for every schedule that can matter: {runs}.",
    "part": (
        "Wrong endings: {bad} of {all} seen. Runs: {runs}; there are more schedules than that."
    ),
    "unseen": (
        "Wrong endings: {bad} of {all} seen. Runs: {runs}; they do not show everything: {why}."
    ),
    "timed": "One run in virtual time: {seconds:g} s.",
    "alone": "The program starts no thread, so there is nobody to choose from.",
    "program's end": "the program's end",
    "more threads": "... and {count} more threads",
    "todo": "Not done yet: {todo}",
}

METHODS = frozenset(
    (
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "add"),
        *("discard", "update", "setdefault", "popitem", "appendleft", "extendleft", "popleft"),
        "rotate",
    )
)
"""Methods of containers, by which the engine names what they do."""
