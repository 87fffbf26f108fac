"""The frame of a page: head, policy, style, script."""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from importlib import resources


def document(title: str, body: str, language: str, *, style: str = "", script: str = "") -> str:
    """Return a page.

    The file loads nothing: its style and script are inside, and its security policy allows just
    these two.

    Args:
        title: Its title, as text.
        body: What it shows, as HTML: whoever makes it escapes what others wrote (:func:`text`).
        language: The language of its own words, such as ``en``.
        style: What it needs besides the common look, as CSS.
        script: What it does, as JavaScript; empty: a page without script.
    """
    style = _asset("theme.css") + style + _asset("paper.css")
    policy = f"default-src 'none'; style-src {_hash(style)}"
    if script:
        policy += f"; script-src {_hash(script)}"
        body += f"\n<script>{script}</script>"
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{text(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def text(value: object) -> str:
    """Return what is only text in HTML, in an element or a quoted attribute.

    Half characters become escapes, since no file in UTF-8 can have them.
    """
    return html.escape(str(value).encode("utf-8", "backslashreplace").decode("utf-8"))


def _hash(inside: str) -> str:
    digest = hashlib.sha256(inside.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
