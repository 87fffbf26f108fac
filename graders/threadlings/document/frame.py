"""Pages from templates: what all of them have in common."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = "threadlings"


def document(
    template: str,
    title: str,
    language: str,
    *,
    styles: Iterable[str] = (),
    scripts: Iterable[str] = (),
    **values: Any,
) -> str:
    """Return a page.

    The file loads nothing: its style and script are inside, and its security policy allows just
    these two. What is no text in UTF-8 (half characters) is written as escapes.

    Args:
        template: A file that extends ``document/page.html.jinja``. Files are named from the
            package's folder on, as in ``gradebook/assets/class.html.jinja``.
        title: The page's title.
        language: The language of the page's own words, such as ``en``.
        styles: What it needs besides the common look: CSS files beside the template.
        scripts: What it does: JavaScript files beside it; none: a page without script.
        values: What the template tells, by name: text, which is escaped there, or what has text.
    Raises:
        jinja2.TemplateError: If the template asks for a value that is not there.
    """
    folder = template.rpartition("/")[0]
    own = "".join(_text(f"{folder}/{name}") for name in styles)
    style = _text("document/theme.css") + own + _text("document/paper.css")
    script = "".join(_text(f"{folder}/{name}") for name in scripts)
    page = _environment().get_template(template)
    made = page.render(values, title=title, language=language, style=style, script=script)
    return made.encode("utf-8", "backslashreplace").decode("utf-8")


@cache
def _environment() -> Environment:
    # Checks and graders import what makes pages, and hardly ever make one.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(_PACKAGE, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["sha256"] = _sha256
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def _sha256(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return base64.b64encode(digest).decode("ascii")


@cache
def _text(name: str) -> str:
    return (resources.files(_PACKAGE) / name).read_text(encoding="utf-8")
