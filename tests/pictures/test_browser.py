"""The pages in a real browser, opened from disk."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.pictures import programs
from tests.pictures.conftest import NO_CHROMIUM, NO_PLAYWRIGHT, unavailable
from tests.pictures.pages import ROOT, page_of, searched, simulated, source_of
from tests.pictures.test_choices import endings_seen
from threadlings.engine import search
from threadlings.pictures import scene_of_search, show

LESSONS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10")
LINE = programs.unlocked.__code__.co_firstlineno + 4  # box.n += 1
VIEWS = ("watch", "choose", "compare")


@cache
def page_of_lesson(number, language="en"):
    """Return the page of a lesson, made with the reference solution."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary, f"lesson{number}")
        folder.mkdir()
        for path in (
            ROOT / "exercises" / folder.name / "show.py",
            *(ROOT / "solutions" / folder.name).glob("*.py"),
        ):
            shutil.copy(path, folder)
        return show(folder, language)


@cache
def page_of_counter(language="en"):
    title = ("Two increments, no lock", "잠금 없이 두 번 더하기")[language == "ko"]
    return page_of(
        searched(programs.unlocked, title, language),
        searched(programs.opposite, "Opposite locks", language),
        simulated(programs.in_time, "In time", language),
        language=language,
    )


def choose_program(page, number):
    page.goto(f"{page.url.split('#')[0]}#p{number}")
    wait_for_program(page, number)


def wait_for_program(page, number):
    """Wait until the page has noticed its new address, which it does a moment later."""
    page.locator(f'#programs a[aria-current][href="#p{number}"]').wait_for()


def position(page):
    return page.locator(".count").inner_text()


def said(page):
    return " ".join(page.locator(".say").inner_text().split())


def current(page):
    return page.locator("tr[aria-current=step]").all_inner_texts()


# -- opening --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("number", LESSONS)
def test_page_of_a_lesson_opens_without_an_error_or_a_request(opened, keep, number, language):
    page = opened(page_of_lesson(number, language))
    links = page.locator("#programs a")
    for index in range(links.count()):
        links.nth(index).click()
        wait_for_program(page, index + 1)
        assert page.locator("h2").inner_text() == links.nth(index).inner_text()
        page.keyboard.press("ArrowRight")
        keep(page, f"lesson{number}-{language}-{index + 1}")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_fits_its_width(opened, keep, width, dark, language):
    page = opened(page_of_counter(language), width=width, dark=dark)
    shade = "dark" if dark else "light"
    for view in VIEWS:
        page.click(f"[data-view={view}]")
        page.keyboard.press("ArrowRight" if view == "watch" else "a")
        wide = page.evaluate("document.documentElement.scrollWidth")
        keep(page, f"counter-{view}-{shade}-{width}-{language}")
        assert wide <= width
    choose_program(page, 3)
    page.keyboard.press("ArrowRight")
    keep(page, f"time-{shade}-{width}-{language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_programs_have_addresses(opened):
    page = opened(page_of_counter(), hash="#p2")
    assert page.locator("h2").inner_text() == "Opposite locks"
    assert page.locator("#programs a[aria-current]").inner_text() == "Opposite locks"


def test_skip_link_leads_to_the_steps_and_keeps_the_program(opened):
    page = opened(page_of_counter(), hash="#p2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'stage'")
    assert page.locator("h2").inner_text() == "Opposite locks"


def test_page_speaks_the_language(opened):
    page = opened(page_of_counter("ko"))
    assert page.locator("html").get_attribute("lang") == "ko"
    assert page.locator(".views button").all_inner_texts()[1] == "내가 scheduler"
    page.keyboard.press("ArrowRight")
    assert said(page) == f"A n = 0 읽음 programs.py:{LINE}"


# -- watching -------------------------------------------------------------------------


def test_steps_go_forward_and_back_by_key(opened):
    page = opened(page_of_counter())
    assert position(page) == "0 of 4"
    page.keyboard.press("ArrowRight")
    assert (position(page), said(page)) == ("1 of 4", f"A reads n = 0 programs.py:{LINE}")
    page.keyboard.press("ArrowRight")
    assert said(page) == f"B reads n = 0 programs.py:{LINE}"
    page.keyboard.press("ArrowLeft")
    assert said(page) == f"A reads n = 0 programs.py:{LINE}"
    page.keyboard.press("End")
    assert (position(page), said(page)) == ("4 of 4", f"A writes n = 1 programs.py:{LINE}")
    page.keyboard.press("ArrowRight")
    assert position(page) == "4 of 4"
    page.keyboard.press("Home")
    assert (position(page), current(page)) == ("0 of 4", [])


def test_steps_go_forward_and_back_by_mouse(opened):
    page = opened(page_of_counter())
    page.get_by_role("button", name="One step on").click()
    page.get_by_role("button", name="One step on").click()
    assert position(page) == "2 of 4"
    page.get_by_role("button", name="One step back").click()
    assert position(page) == "1 of 4"
    page.get_by_role("button", name="To the end").click()
    assert position(page) == "4 of 4"
    page.get_by_role("button", name="To the start").click()
    assert position(page) == "0 of 4"
    page.get_by_role("button", name="3", exact=True).click()
    assert position(page) == "3 of 4"


def test_slider_steps_too(opened):
    page = opened(page_of_counter())
    slider = page.get_by_role("slider", name="Step")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert position(page) == "2 of 4"
    assert slider.get_attribute("aria-valuetext") == "2 of 4"
    slider.fill("4")
    assert position(page) == "4 of 4"


def test_code_marks_the_step_and_where_each_thread_stands(opened):
    page = opened(page_of_counter())
    page.keyboard.press("ArrowRight")
    line = page.locator("ol.code li.thread")
    assert line.locator("code").inner_text().strip() == "box.n += 1"
    assert line.locator(".chip").all_inner_texts() == ["A", "B"]
    page.keyboard.press("End")
    assert page.locator("ol.code .chip").count() == 0


def test_another_schedule_can_be_watched(opened):
    page = opened(page_of_counter())
    options = page.locator("select option").all_inner_texts()
    assert {option[:6] for option in options} == {"✓ AABB", "✓ BBAA", "✗ ABBA", "✗ ABAB"}
    page.locator("select").select_option(label=next(o for o in options if "BBAA" in o))
    page.keyboard.press("Home")
    page.locator("body").press("End")
    assert said(page) == f"A writes n = 2 programs.py:{LINE}"
    assert page.locator(".verdict").inner_text() == "It ends well"


def test_time_moves_with_the_steps(opened):
    page = opened(page_of_counter(), hash="#p3")
    assert page.locator(".lane .who").all_inner_texts() == ["main", "A", "B"]
    bars = page.locator(".lane b").evaluate_all("all => all.map(one => one.title)")
    assert "waits for event, 0–2.5 s" in bars
    assert "sleeps, 0–2.5 s" in bars
    page.keyboard.press("End")
    assert page.locator(".hand").evaluate("one => one.style.left") == "100%"
    told = page.locator(".made code").all_inner_texts()
    assert 'prints "set at 2.5"' in told
    page.keyboard.press("Home")
    box = page.locator(".clock").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert position(page) != "0 of 10"


def test_who_goes_round_a_busy_loop_runs_all_the_while(opened):
    page = opened(page_of(simulated(programs.busy)))
    bars = page.locator(".lane b").evaluate_all("all => all.map(one => one.title)")
    assert "runs, 0–2 s" in bars


def test_marks_are_seen_where_the_system_chooses_the_colours(opened, keep):
    page = opened(page_of_counter(), hash="#p3")
    page.emulate_media(forced_colors="active")
    page.keyboard.press("ArrowRight")
    keep(page, "forced-colors")
    for mark in (".hand", ".lane s"):
        colour = page.locator(mark).first.evaluate("one => getComputedStyle(one).backgroundColor")
        assert colour != page.evaluate("getComputedStyle(document.body).backgroundColor"), mark
    line = page.locator("ol.code li.thread").first
    assert line.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    chosen = page.locator("#programs a[aria-current]")
    assert chosen.evaluate("one => getComputedStyle(one).borderTopWidth") == "3px"


# -- being the scheduler ----------------------------------------------------------------


def test_scheduler_reaches_the_lost_update_by_key(opened, keep):
    page = opened(page_of_counter())
    page.click("[data-view=choose]")
    for letter in "abb":
        page.keyboard.press(letter)
    assert page.locator(".verdict").count() == 0
    page.keyboard.press("a")
    assert page.locator(".verdict").inner_text() == "You broke it!\nn should be 2, it is 1"
    assert page.locator(".letters").inner_text() == "ABBA"
    assert "Endings found: 1 of 2" in page.locator("main").inner_text()
    keep(page, "scheduler-broke-it")


def test_scheduler_reaches_the_lost_update_by_mouse(opened):
    page = opened(page_of_counter())
    page.click("[data-view=choose]")
    for letter in "ABAB":
        page.click(f"[data-thread={letter}]")
    assert page.locator(".verdict").inner_text() == "You broke it!\nn should be 2, it is 1"


def test_scheduler_takes_back_and_begins_again(opened):
    page = opened(page_of_counter())
    page.click("[data-view=choose]")
    for key in ("a", "b", "ArrowLeft", "a"):
        page.keyboard.press(key)
    assert page.locator(".letters").inner_text() == "AA"
    page.get_by_role("button", name="Take back").click()
    assert page.locator(".letters").inner_text() == "A"
    page.get_by_role("button", name="Begin again").click()
    assert page.locator(".letters").inner_text() == "–"
    for key in "aabb":
        page.keyboard.press(key)
    assert page.locator(".verdict").inner_text() == "This schedule ends well"


def test_scheduler_cannot_choose_who_must_wait(opened):
    page = opened(page_of_counter(), hash="#p2")
    page.click("[data-view=choose]")
    page.keyboard.press("a")
    page.keyboard.press("b")
    page.keyboard.press("b")
    assert page.locator(".letters").inner_text() == "AB"
    assert page.locator(".verdict").inner_text().startswith("You broke it!\ndeadlock: nobody can")


def test_what_comes_is_not_told_before_it_is_done(opened):
    page = opened(page_of_counter())
    page.click("[data-view=choose]")
    assert "next: reads n\n" in page.locator("[data-thread=A]").inner_text()


@pytest.mark.parametrize(
    "program",
    [programs.unlocked, programs.opposite, programs.drained, programs.waiting_main],
)
def test_all_choices_in_the_browser_reach_what_the_search_saw(opened, program):
    page = opened(page_of(searched(program)))
    reached = page.evaluate(
        """() => {
          const [scene, found] = [scenes[0], new Map()];
          (function walk(picked) {
            const end = endAfter(scene, picked);
            if (end !== null) found.set(end, [scene.ends[end].kind, scene.ends[end].text]);
            else for (const number of choicesAfter(scene, picked)) walk([...picked, number]);
          })([]);
          return [...found.values()];
        }"""
    )
    assert {(kind, text) for kind, text in reached} == endings_seen(program)


@pytest.mark.parametrize("most", [None, 3], ids=["whole", "cut off"])
def test_who_was_not_tried_is_not_said_to_wait(opened, most):
    limit = {} if most is None else {"max_runs": most}
    seen = search(programs.three, keep_runs=True, keep_steps=True, **limit)
    page = opened(page_of(scene_of_search("three", seen, source_of(programs.three), "en")))
    page.click("[data-view=choose]")
    page.keyboard.press("a")
    idle = page.locator(".choice.idle").all_inner_texts()
    if most is None:
        assert idle == []
    else:
        assert idle
        assert all("was not tried" in text for text in idle)


# -- comparing ---------------------------------------------------------------------------


def test_losing_and_winning_part_at_a_marked_step(opened):
    page = opened(page_of_counter())
    page.click("[data-view=compare]")
    assert page.locator(".letters").all_inner_texts() == ["ABBA", "AABB"]
    tables = page.locator("table.steps")
    for index in range(2):
        rows = tables.nth(index).locator("tbody tr").all_inner_texts()
        assert ["part" in row for row in rows] == [False, True, False, False, False]
    assert position(page) == "1 of 4"
    page.keyboard.press("ArrowRight")
    rows = [" ".join(row.split()) for row in current(page)]
    assert rows == [f"2 reads n = 0 line {LINE}", f"2 writes n = 1 line {LINE}"]


# -- everybody -----------------------------------------------------------------------------


def test_hostile_text_is_shown_as_text(opened, keep):
    for language in ("en", "ko"):
        page = opened(
            page_of(
                searched(programs.hostile, "<script>document.title='broken'</script>", language),
                simulated(programs.hostile, "</title><b>", language),
                title="</title><script>document.title = 'broken'</script>",
                language=language,
            )
        )
        for number in (1, 2):
            choose_program(page, number)
            for view in page.locator("[data-view]").all():
                view.click()
                page.keyboard.press("End")
                page.keyboard.press("a")
            page.keyboard.press("End")
        keep(page, f"hostile-{language}")
        assert page.title() == "</title><script>document.title = 'broken'</script>"
        assert page.locator("main img, main script, .lanes b b, h1 *").count() == 0
        text = page.locator("body").inner_text()
        assert 'document.title="broken"' not in text  # a docstring is not shown
        assert "</script><img src=x onerror=\"document.title='broken'\">" in text
        assert '<b title="x">&amp;</b></script>' in text


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_contrast_and_roles_pass_axe(opened, dark, language):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    page = opened(page_of_counter(language), dark=dark)
    for view in VIEWS:
        page.click(f"[data-view={view}]")
        for keys in ([], ["ArrowRight"], ["a", "b", "b", "a"]):
            for key in keys:
                page.keyboard.press(key)
            found = axe.run(page)
            assert found.violations_count == 0, (view, found.generate_report())
    for number in ("06", "09"):
        page = opened(page_of_lesson(number, language), dark=dark, hash="#p4")
        page.keyboard.press("ArrowRight")
        found = axe.run(page)
        assert found.violations_count == 0, (number, found.generate_report())


def test_page_prints_all_steps_and_no_buttons(opened, keep):
    page = opened(page_of_lesson("06"), hash="#p4")
    page.emulate_media(media="print")
    keep(page, "print")
    assert not page.locator(".bar").first.is_visible()
    heights = page.locator(".scroll").evaluate_all(
        "all => all.map(one => one.scrollHeight - one.clientHeight)"
    )
    assert max(heights) <= 1


def test_long_run_can_be_stepped(opened):
    page = opened(page_of(simulated(programs.long_run)))
    page.keyboard.press("End")
    assert position(page) == "2004 of 2004"
    page.keyboard.press("ArrowLeft")
    assert position(page) == "2003 of 2004"
    row = page.locator("tr[aria-current=step]")
    assert row.is_visible()


def test_last_row_stays_in_sight_when_the_rows_above_it_grow(opened):
    page = opened(page_of(simulated(programs.crowd)))
    page.set_viewport_size({"width": 1280, "height": 500})  # The table begins below it.
    page.keyboard.press("End")
    page.locator("table.steps").scroll_into_view_if_needed()
    page.evaluate(
        """() => new Promise((done) => {
          const wait = (n) => requestAnimationFrame(() => (n ? wait(n - 1) : done()));
          wait(10);
        })"""
    )
    row = page.locator("tr[aria-current=step]").bounding_box()
    box = page.locator(".scroll").first.bounding_box()
    assert row["y"] + row["height"] <= box["y"] + box["height"]


# -- without a browser ---------------------------------------------------------------------


def test_without_a_browser_the_tests_are_skipped_and_say_why(monkeypatch):
    monkeypatch.delenv("THREADLINGS_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser: apt-get install chromium"):
        unavailable(NO_CHROMIUM)


def test_without_a_required_browser_the_tests_fail(monkeypatch):
    monkeypatch.setenv("THREADLINGS_BROWSER", "required")
    with pytest.raises(pytest.fail.Exception, match="no Playwright: pip install playwright"):
        unavailable(NO_PLAYWRIGHT)
