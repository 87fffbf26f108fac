"""One file: nothing is loaded, and nothing of a program is read as HTML."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.pictures import programs
from tests.pictures.pages import data_of, page_of, searched, simulated, source_of
from threadlings.engine import Ending, Limit, Search, search
from threadlings.pictures import page, scene_of_run, scene_of_search, scene_of_text
from threadlings.pictures.words import end_of


class Elements(HTMLParser):
    """Collects the elements of a page, and the text in them."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found, self.texts = [], {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.found:
            tag = self.found[-1][0]
            self.texts[tag] = self.texts.get(tag, "") + data


TITLE = "</title><script>document.title = 'broken'</script>"


@pytest.fixture(scope="module")
def html():
    return page_of(searched(programs.hostile, "<b>&lt;"), simulated(programs.hostile), title=TITLE)


def test_page_has_only_its_own_elements(html):
    tags = [tag for tag, _attributes in Elements(html).found]
    wanted = "html head meta meta meta meta title style body a header h1 nav main noscript p"
    assert tags == [*wanted.split(), "script", "script"]


def test_titles_are_text(html):
    elements = Elements(html)
    assert elements.texts["title"].strip() == TITLE
    assert elements.texts["h1"].strip() == TITLE


def test_text_of_the_program_is_in_the_data_and_nowhere_else(html):
    scene = data_of(html)["scenes"][1]
    assert '"</script><img src=x onerror=' in str(scene)
    start, end = html.index('id="data">') + len('id="data">'), html.rindex("</script>\n<script>")
    assert "<" not in html[start:end]
    assert "onerror" not in html[:start] + html[end:]


def test_page_refers_to_nothing_outside(html):
    for tag, attributes in Elements(html).found:
        assert not attributes.keys() & {"src", "srcset", "data", "action", "onload"}, tag
        assert attributes.get("href", "#").startswith("#")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_policy_allows_the_style_and_the_script_and_nothing_else(html):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', html)[1]
    inside = {
        "style-src": re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1],
        "script-src": re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1],
    }
    wanted = ["default-src 'none'"]
    for source, text in inside.items():
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        wanted.append(f"{source} 'sha256-{digest}'")
    assert policy.split("; ") == wanted


def test_page_is_small():
    assert len(page("t", [scene_of_text("t", "t")], "ko").encode()) < 60_000


def test_lone_surrogates_do_not_break_the_page():
    html = page_of(scene_of_text("t", "half a \ud83d letter"))
    assert data_of(html)["scenes"][0]["summary"] == "half a \ud83d letter"
    html.encode("utf-8")


def test_marks_of_the_template_are_left_alone():
    html = page_of(scene_of_text("{{data}}", "{{script}}"), title="{{style}}")
    assert "<h1>{{style}}</h1>" in html
    assert data_of(html)["scenes"][0]["title"] == "{{data}}"


def test_page_without_a_scene_is_refused():
    with pytest.raises(ValueError, match="at least one scene"):
        page("t", [], "en")


def test_search_that_kept_no_runs_is_refused():
    with pytest.raises(ValueError, match="give it keep_runs=True"):
        scene_of_search("t", search(programs.locked), {}, "en")


@pytest.mark.parametrize("make", [page_of, scene_of_search, scene_of_run])
def test_other_languages_are_refused(make):
    seen = search(programs.locked, keep_runs=True)
    calls = {
        page_of: lambda: page_of(scene_of_text("t", "t"), language="fr"),
        scene_of_search: lambda: scene_of_search("t", seen, {}, "fr"),
        scene_of_run: lambda: scene_of_run("t", seen.kept[0], {}, "fr"),
    }
    with pytest.raises(ValueError, match="must be one of en, ko, not 'fr'"):
        calls[make]()


def test_what_is_good_can_be_said():
    def is_good(outcome):
        return outcome.value == 3

    scene = searched(programs.three, is_good=is_good).data
    assert {end["text"]: end["good"] for end in scene["ends"]} == {
        "→ 3": True,
        "→ 2": False,
        "→ 1": False,
    }
    assert scene["summary"].startswith("Wrong endings: 2 of 3. ")


def test_scene_can_be_made_of_a_search_that_came_as_data():
    seen = search(programs.unlocked, keep_runs=True, keep_steps=True)
    again = Search.from_data(seen.as_data())
    sources = source_of(programs.unlocked)
    assert scene_of_search("t", again, sources, "en") == scene_of_search("t", seen, sources, "en")


def test_search_that_was_cut_off_says_so():
    seen = search(programs.three, max_runs=2, samples=0, keep_runs=True, keep_steps=True)
    scene = scene_of_search("t", seen, source_of(programs.three), "en")
    assert "Runs: 2; there are more schedules than that" in scene.data["summary"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "they do not show everything: it uses mmap, which cannot be watched."),
        ("ko", "모두 보이지는 않습니다: mmap: 프로그램이 쓰지만 지켜볼 수 없습니다."),
    ],
)
def test_search_that_could_not_watch_all_says_so(language, told):
    seen = search(programs.unlocked, keep_runs=True, keep_steps=True)
    seen.limits, seen.unwatchable = frozenset({Limit.UNWATCHABLE}), ("mmap",)
    scene = scene_of_search("t", seen, source_of(programs.unlocked), language)
    assert scene.data["summary"].endswith(told)
    assert scene.data["isComplete"] is False


@pytest.mark.parametrize("language", ["en", "ko"])
def test_endings_are_told_with_who_waits_where(language):
    outcome = next(o for o in search(programs.opposite).outcomes if o.kind == Ending.DEADLOCK)
    told = end_of(outcome, language)
    assert told.startswith({"en": "deadlock: nobody", "ko": "deadlock: 아무도"}[language])
    assert len([line for line in told.splitlines() if "programs.py:" in line]) == 3


def test_value_that_cannot_be_written_down_is_told_by_its_type():
    class Odd:
        def __repr__(self):
            raise ValueError("no")

    scene = searched(lambda: Odd()).data
    assert [end["text"].split(".")[-1] for end in scene["ends"]] == ["Odd>"]


def test_error_of_a_thread_is_told_in_korean():
    def program():
        from threading import Thread

        def fail():
            raise KeyError("k")

        thread = Thread(target=fail, name="T")
        thread.start()
        thread.join()

    told = end_of(search(program).outcomes[0], "ko")
    assert told.startswith("thread T 종료 원인: KeyError: 'k' (test_page.py:")
