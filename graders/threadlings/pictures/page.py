"""One HTML file for some programs: opens from disk, needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

from .scene import Scene
from .words import checked, page_words

_STYLES = ("theme.css", "controls.css", "steps.css", "choices.css", "timeline.css", "paper.css")
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
        "language": language,
        "title": html.escape(title),
        "policy": f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}",
        "style": style,
        "skip": html.escape(words["skip"]),
        "programs": html.escape(words["programs"]),
        "no_script": html.escape(words["no_script"]),
        "data": _json(data),
        "script": script,
    }
    # Piece by piece, so that a text with a mark in it is left alone.
    pieces = _asset("page.html").split("{{")
    return pieces[0] + "".join(
        parts[name] + rest for name, rest in (piece.split("}}", 1) for piece in pieces[1:])
    )


def _json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside a script element, "</script>" and "<!--" would be read as HTML.
    return text.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / "assets" / name).read_text(encoding="utf-8")
