"""The README's pictures show what happens now; ``python -m tests.pictures.readme`` makes them."""

import html
import re
import struct
import sys
from pathlib import Path

import pytest

from tests.pictures.readme import (
    CHECK,
    COMPARE,
    LANGUAGES,
    SHOW,
    make_course,
    page,
    printed,
    terminal,
    terminal_svg,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="they need a pseudo-terminal")
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    return root


def words_of(svg):
    """Return the texts of a picture, in the order they stand there; how rich draws may change."""
    return html.unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))).split()


@BOTH
def test_terminal_shows_what_the_command_prints(course, language):
    now = words_of(terminal_svg(printed(course, CHECK, language), " ".join(CHECK)))
    assert "ABBA)" in now
    assert words_of(terminal(language).read_text(encoding="utf-8")) == now


@BOTH
def test_terminal_needs_no_font_and_no_network(language):
    svg = terminal(language).read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\s\"]+", svg) == ["http://www.w3.org/2000/svg"]
    assert "@" not in svg


@BOTH
def test_page_shows_the_losing_schedule_and_a_winning_one(course, opened, language):
    written = Path(printed(course, SHOW, language))
    shown = opened(written.read_text(encoding="utf-8"))
    shown.click(COMPARE)
    assert shown.locator(".letters").all_inner_texts() == ["ABBA", "AABB"]
    width, _height = struct.unpack(">II", page(language).read_bytes()[16:24])
    assert width == 900
