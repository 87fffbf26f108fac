"""The pages of a gradebook in a real browser, opened from disk."""

import pytest

from tests.grading.gradebooks import EVIL, HOSTILE, SMALL, big, lesson
from tests.pictures import programs
from threadlings.engine import search, simulate
from threadlings.feedback import picture
from threadlings.gradebook import SubmissionGrade
from threadlings.gradebook.class_page import class_page
from threadlings.gradebook.feedback_page import feedback_page
from threadlings.pictures import timeline


def with_picture():
    """Return a student of whom a search found a failing schedule, with a timeline."""
    outcomes = search(programs.three).outcomes
    told = f"lost an update\n\n{picture(outcomes[-1].run)}\n\n"
    told += timeline(simulate(programs.in_time), "en", width=68)
    return SubmissionGrade("ada", (lesson(lost=["No addition is lost."], message=told),))


def first_cells(page):
    return page.locator("#who-table tbody").evaluate(
        "body => [...body.rows].slice(0, 3).map(row => row.cells[0].textContent)"
    )


def test_class_can_be_sorted_by_keyboard(opened):
    page = opened(class_page(SMALL, "en"))
    heads = page.locator("#who-table thead th")
    heads.nth(3).locator("button").press("Enter")
    assert first_cells(page) == ["한 길동", "ada", "cem"]
    assert heads.nth(3).get_attribute("aria-sort") == "ascending"
    heads.nth(3).locator("button").press("Enter")
    assert first_cells(page) == ["ada", "cem", "한 길동"]
    heads.nth(1).locator("button").press("Enter")
    assert page.locator("[aria-sort]").count() == 1
    assert page.locator("#who-table tbody tr").last.locator("th").inner_text() == "ada"


def test_hostile_text_does_nothing(opened):
    page = opened(class_page(HOSTILE, "en"))
    assert page.title() == "Class"
    assert first_cells(page) == [EVIL]
    page = opened(feedback_page(HOSTILE.submissions[0], "en"))
    assert page.locator("pre").inner_text() == EVIL


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_and_pass_axe(opened, keep, width, dark, language):
    from axe_playwright_python.sync_playwright import Axe

    axe, student = Axe(), SMALL.submissions[1]
    htmls = {
        "class": class_page(big(90), language),
        "flagged": class_page(HOSTILE, language),
        "student": feedback_page(student, language),
        "picture": feedback_page(with_picture(), language),
    }
    for name, html in htmls.items():
        page = opened(html, width=width, dark=dark)
        keep(page, f"{name}-{'dark' if dark else 'light'}-{width}-{language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.run(page)
        assert found.violations_count == 0, (name, found.generate_report())


def test_class_prints_all_rows(opened, keep):
    page = opened(class_page(big(90), "en"))
    page.emulate_media(media="print")
    keep(page, "class-print")
    heights = page.locator(".scroll").evaluate_all(
        "all => all.map(one => one.scrollHeight - one.clientHeight)"
    )
    assert max(heights) <= 1


def test_class_of_5000_opens_and_sorts(opened):
    page = opened(class_page(big(5_000), "en"))
    page.locator("#who-table thead button").last.click()
    page.locator("#who-table thead button").first.click()
    page.locator("#who-table thead button").first.click()
    assert first_cells(page) == ["student4999", "student4998", "student4997"]
