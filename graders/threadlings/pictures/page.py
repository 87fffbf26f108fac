"""One HTML file for some programs: opens from disk, needs nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

from ..document import document, text
from .scene import Scene
from .words import checked, page_words

_STYLES = ("controls.css", "steps.css", "choices.css", "timeline.css", "paper.css")
_SCRIPTS = (
    *("choices.js", "parts.js", "steps.js", "code.js", "timeline.js"),
    *("player.js", "watch.js", "choose.js", "compare.js", "main.js"),
)


def page(title: str, scenes: Sequence[Scene], language: str) -> str:
    """Return the page.

    The file loads nothing: its style and script are inside, and its security policy allows just
    these two. What comes from a program is data, and shown as text.

    Args:
        title: The heading.
        scenes: The programs, at least one, in order.
        language: ``en`` or ``ko``.
    Raises:
        ValueError: If the language is another, or there is no scene.
    """
    if not scenes:
        raise ValueError("a page needs at least one scene")
    words = page_words(checked(language))
    style, script = "".join(map(_asset, _STYLES)), "".join(map(_asset, _SCRIPTS))
    data = {"words": words, "scenes": [{"title": s.title, **s.data} for s in scenes]}
    parts = {
        "title": text(title),
        "skip": text(words["skip"]),
        "programs": text(words["programs"]),
        "no_script": text(words["no_script"]),
        "data": _json(data),
    }
    # Piece by piece, so that a text with a mark in it is left alone.
    pieces = _asset("page.html").rstrip().split("{{")
    body = pieces[0] + "".join(
        parts[name] + rest for name, rest in (piece.split("}}", 1) for piece in pieces[1:])
    )
    return document(title, body, language, style=style, script=script)


def _json(data: object) -> str:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside a script element, "</script>" and "<!--" would be read as HTML.
    return written.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode("utf-8")


@cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / "assets" / name).read_text(encoding="utf-8")
