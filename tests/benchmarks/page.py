"""How long a page takes to open in a browser, by the page's own clock.

    python -m tests.benchmarks.page [RUNS]

Prints the size of the page of a run with 2,000 steps, the milliseconds from the start of the
navigation to its load event (everything is drawn by then), and those of one step forward:
minimum, median and maximum of 5 runs, or as many as asked for.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.pictures import programs
from tests.pictures.conftest import CHROMIUM
from tests.pictures.pages import data_of, page_of, searched, simulated

_OPENED = "performance.timing.loadEventEnd - performance.timing.navigationStart"
_STEPPED = """() => new Promise((done) => {
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    runs = int(arguments[0]) if arguments else 5
    long, short = page_of(simulated(programs.long_run)), page_of(searched(programs.unlocked))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, html in (("2,000 steps", long), ("unlocked counter", short)):
            file = Path(folder, "page.html")
            file.write_text(html, encoding="utf-8")
            figures = [_measure(browser, file.as_uri()) for _ in range(runs)]
            events = len(data_of(html)["scenes"][0]["events"])
            print(f"{name}: {len(html) / 1000:.0f} kB, {events} events")
            print(f"  opened in {_told([opened for opened, _ in figures])} ms")
            print(f"  one step in {_told([stepped for _, stepped in figures])} ms")
        browser.close()


def _measure(browser: Browser, address: str) -> tuple[float, float]:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_function("performance.timing.loadEventEnd > 0")
    opened = float(page.evaluate(_OPENED))
    stepped = float(page.evaluate(_STEPPED))
    page.close()
    return opened, stepped


def _told(figures: Sequence[float]) -> str:
    return f"{min(figures):.0f} / {statistics.median(figures):.0f} / {max(figures):.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
