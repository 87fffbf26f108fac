"""Pages for the tests, and what is written in them."""

import json
import re
from pathlib import Path

from threadlings.engine import search, simulate
from threadlings.pictures import page, scene_of_run, scene_of_search

ROOT = Path(__file__).parent.parent.parent


def data_of(html):
    """Return the data in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(found[1])


def source_of(*programs):
    """Return the sources of the files in which programs are written."""
    files = {Path(program.__code__.co_filename) for program in programs}
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def searched(program, title="a program", language="en", **options):
    """Return the scene of a program under every schedule."""
    seen = search(program, keep_runs=True, keep_steps=True)
    return scene_of_search(title, seen, source_of(program), language, **options)


def simulated(program, title="a program", language="en"):
    """Return the scene of a program in virtual time."""
    return scene_of_run(title, simulate(program, keep_steps=True), source_of(program), language)


def page_of(*scenes, language="en", title="a page"):
    return page(title, scenes, language)
