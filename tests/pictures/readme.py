"""The pictures of the README, made of real runs of a program that loses an update.

    python -m tests.pictures.readme

writes ``terminal.LANGUAGE.svg``, what ``threadlings check 8`` prints in a terminal, and
``page.LANGUAGE.png``, what ``threadlings show 8`` writes for a browser, into ``.github/pictures``.
Needs a system with pseudo-terminals, and the browser of the other tests here.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from .conftest import CHROMIUM
from .pages import ROOT

PICTURES = ROOT / ".github" / "pictures"
LANGUAGES = ("en", "ko")
LESSON = "lesson08"
CHECK, SHOW = ["threadlings", "check", "8"], ["threadlings", "show", "8"]
COLUMNS = 72
COMPARE = "[data-view=compare]"
TODO = f'raise NotImplementedError("TODO 1 in exercises/{LESSON}/locks.py")'
FILLED_IN = ("self.n = n", "self.n += 1")
"""What the student has written for the two places of TODO 1: no lock."""

COLUMN = 12.2
"""How wide rich draws a column."""
_TEXT = re.compile(
    r'<text( class="[^"]*") x="([^"]*)" y="([^"]*)" textLength="[^"]*"( [^>]*)>([^<]*)</text>'
)
_LINE_ABOVE = "\x1b[1A\x1b[2K"
"""What ends the sign that something is being done, and takes it away."""
_SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, Menlo, Consolas, monospace;
  white-space: pre;
}}
.{unique_id}-title {{ font: bold 18px sans-serif }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""As rich has it, without a font from elsewhere."""


def make_course(root: Path) -> None:
    """Make a student's copy of lesson 08, with a counter that has no lock."""
    folder = root / "exercises" / LESSON
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises" / LESSON, folder, ignore=caches)
    file = folder / "locks.py"
    source = file.read_text(encoding="utf-8")
    for line in FILLED_IN:
        assert TODO in source
        source = source.replace(TODO, line, 1)
    file.write_text(source, encoding="utf-8")


def terminal(language: str) -> Path:
    """Return the file of the terminal's picture."""
    return PICTURES / f"terminal.{language}.svg"


def page(language: str) -> Path:
    """Return the file of the page's picture."""
    return PICTURES / f"page.{language}.png"


def printed(root: Path, words: Sequence[str], language: str) -> str:
    """Return what a command prints in a terminal, with its colours."""
    # pty.spawn forks; this process may have threads.
    spawn = [sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])"]
    program, *rest = words
    command = [sys.executable, "-m", program, "--lang", language, *rest]
    environment = os.environ | {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    ended = subprocess.run(
        [*spawn, *command], cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    text = ended.stdout.decode().replace("\r\n", "\n")
    return text.rpartition(_LINE_ABOVE)[2].rstrip("\n")


def terminal_svg(output: str, command: str) -> str:
    """Return a picture of a terminal in which a command printed this."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(("$ ", "green"), (command, "bold"), "\n"))
    console.print(Text.from_ansi(output + "\n"))
    svg = console.export_svg(
        title="threadlings", theme=MONOKAI, code_format=_SVG, unique_id="terminal"
    )
    svg = _TEXT.sub(_in_columns, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def _in_columns(found: re.Match[str]) -> str:
    """Return a text in pieces of narrow and of wide letters, each where its columns begin."""
    before, x, y, after, words = found.groups()
    pieces, column = [], 0
    for piece in re.findall(r"[\u1100-\uffff]+|[^\u1100-\uffff]+", html.unescape(words)):
        at, columns = float(x) + column * COLUMN, cell_len(piece)
        # Wide letters are as wide as their font has them: pulled apart they are hard to read.
        length = f' textLength="{columns * COLUMN:g}"' if columns == len(piece) else ""
        shown = html.escape(piece, quote=False)
        pieces.append(f'<text{before} x="{at:g}" y="{y}"{length}{after}>{shown}</text>')
        column += columns
    return "".join(pieces)


def take_page(page: Path, picture: Path) -> None:
    """Open a page in the browser, and keep a picture of where its first program goes wrong."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 900, "height": 700})
        opened.goto(page.as_uri())
        opened.click(COMPARE)
        opened.screenshot(path=picture, full_page=True)
        browser.close()


def main() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        make_course(root)
        for language in LANGUAGES:
            svg = terminal_svg(printed(root, CHECK, language), " ".join(CHECK))
            terminal(language).write_text(svg, encoding="utf-8", newline="\n")
            take_page(Path(printed(root, SHOW, language)), page(language))


if __name__ == "__main__":
    main()
