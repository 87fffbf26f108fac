"""One HTML file for some programs: opens from disk, needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import document
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
    return document(
        "pictures/assets/page.html.jinja",
        title,
        language,
        styles=_STYLES,
        scripts=_SCRIPTS,
        words=words,
        data={"words": words, "scenes": [{"title": s.title, **s.data} for s in scenes]},
    )
