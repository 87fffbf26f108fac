"""A real browser for the tests of pages: the system's Chromium, driven by Playwright.

Where there is none, its tests are skipped and say so; with THREADLINGS_BROWSER=required they
fail, and with THREADLINGS_BROWSER=none they are skipped. Screenshots are kept in the folder
THREADLINGS_SCREENSHOTS, if it is set.
"""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What Debian, Ubuntu and GitHub's runners call it."""
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
NO_PLAYWRIGHT = "no Playwright: pip install playwright axe-playwright-python"
NO_CHROMIUM = f"no browser: apt-get install chromium (looked for {', '.join(NAMES)})"
UNWANTED = "THREADLINGS_BROWSER=none"


def unavailable(reason):
    if os.environ.get("THREADLINGS_BROWSER") == "required":
        pytest.fail(f"{reason}; THREADLINGS_BROWSER=required", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    if os.environ.get("THREADLINGS_BROWSER") == "none":
        pytest.skip(UNWANTED)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unavailable(NO_PLAYWRIGHT)
    if CHROMIUM is None:
        unavailable(NO_CHROMIUM)
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not work for root; the pages are ours.
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a page from disk; what went wrong in it fails the test."""
    pages, wrong = [], []

    def open_page(html, *, width=1280, dark=False, hash=""):
        file = tmp_path / f"page{len(pages)}.html"
        file.write_text(html, encoding="utf-8")
        scheme = "dark" if dark else "light"
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages.append(page)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: note_request(request.url, file.as_uri()))
        page.goto(file.as_uri() + hash)
        return page

    def note_request(url, own):
        if url.split("#")[0] != own:
            wrong.append(f"request: {url}")

    yield open_page
    for page in pages:
        page.close()
    assert wrong == []


@pytest.fixture
def keep():
    """Return a function that keeps a screenshot, if a folder for them was given."""
    folder = os.environ.get("THREADLINGS_SCREENSHOTS")

    def screenshot(page, name):
        if folder:
            page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)

    return screenshot
