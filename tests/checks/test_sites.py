"""A web site that we make up: what it answers, and what its books tell."""

import pytest
import requests

from threadlings.checks import (
    BASE,
    FAILURES,
    Article,
    Broken,
    Site,
    fetched,
    linked,
    news,
    remark,
    told_result,
    used_the_session,
    visited,
    wrong_comments,
    wrong_crawl,
)
from threadlings.engine import simulate

PAGES = linked(f"{BASE}/list", [{"n": 1}, {"n": 2}], after_s=3)


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(requests.Session, "send", requests.Session.send)  # It is put back.
    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", requests.adapters.HTTPAdapter.send)
    made = Site()
    made.serve()
    return made


def visit(site, pages, call, session=None):
    return simulate(lambda: site.visit(pages, call, session))


def test_pages_are_linked_and_take_their_time(site):
    def call():
        first = requests.get(f"{BASE}/list", timeout=5).json()
        return [first, requests.get(first["next"], timeout=5).json()]

    run = visit(site, PAGES, call)
    end = fetched(run, "call")
    assert [page["n"] for page in end["result"]] == [1, 2]
    assert end["result"][1]["next"] is None
    assert run.returned_s == pytest.approx(6, abs=0.01)
    assert (end["again"], end["hasty"], end["strange"], end["most"]) == ([], [], [], 1)


@pytest.mark.parametrize("kind", FAILURES)
def test_every_kind_of_failure_fails(site, kind):
    def call():
        answer = requests.get(BASE, timeout=5)
        answer.raise_for_status()
        return answer.json()

    end = visited(visit(site, {BASE: [0, kind, None]}, call), "call")
    assert end["error"] is not None
    with pytest.raises(Broken, match=r"call\(\) raised " + end["error"]["type"]):
        fetched(visit(site, {BASE: [0, kind, None]}, call), "call")


def test_books_tell_who_asked_for_what(site):
    session = requests.Session()

    def call():
        from threading import Thread

        others = [Thread(target=requests.get, args=(BASE,)) for _ in range(2)]
        for thread in others:
            thread.start()
        session.get(f"{BASE}/other", timeout=5)
        for thread in others:
            thread.join()

    end = visited(visit(site, {BASE: [1, "page", {}]}, call, session), "call")
    assert end["asked"] == {BASE: 2, f"{BASE}/other": 1}
    assert (end["again"], end["hasty"], end["most"]) == ([BASE], [BASE, BASE], 3)
    assert f"it asked for {BASE}/other, which is no page" in str(remark(end))
    assert len(end["users"]) == 3
    with pytest.raises(Broken, match="did not use the session"):
        used_the_session(end, "call")


def test_a_page_that_is_asked_for_for_ever_ends_the_program(site):
    def call():
        while True:
            requests.get(BASE, timeout=5)

    with pytest.raises(Broken, match="asked for the same page 51 times"):
        visited(visit(site, {BASE: [0, "page", {}]}, call), "call")


def test_threads_that_are_left_are_told(site):
    def call():
        from threading import Event, Thread

        Thread(target=Event().wait).start()

    run = visit(site, {}, call)
    assert visited(run, "call")["left"] == 1
    with pytest.raises(Broken, match=r"call\(\) returned and left threads behind: 1"):
        visited(run, "call", may_leave=False)


class Result:
    def __init__(self, comments, failed=()):
        self.comments, self.failed = comments, dict(failed)


class Comment:
    def __init__(self, author, text):
        self.author, self.text = author, text


ARTICLES = [Article(7, [["a"]]), Article(3, [["b"]], fails="404"), Article(12, [[]])]
RIGHT = {7: [Comment("who wrote a", "a")], 12: []}


def end_of(comments, failed=((3, "404"),)):
    return {"result": told_result(Result(comments, failed)), "strange": []}


def test_what_there_is_is_right():
    assert wrong_crawl(end_of(RIGHT), ARTICLES, "crawl") == ""
    assert len(news(ARTICLES)) == 4


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (end_of({12: [], 7: RIGHT[7]}), "not in the order of the article pages"),
        (end_of({12: []}), "article 7 is neither in comments nor in failed"),
        (end_of({**RIGHT, 3: []}), "a failed article is in comments"),
        (end_of(RIGHT, ()), "a failed article is missing"),
        (end_of(RIGHT, {3: " "}), "a text that is not empty"),
        (end_of(RIGHT, {3: "404", 7: "?"}), "all its pages came"),
        (end_of({7: [], 12: []}), "not those of all the pages"),
        (end_of({7: [Comment("me", "a")], 12: []}), "the author of 'a' should be 'who wrote a'"),
        (end_of({7: ["a"], 12: []}), "a list of Comment objects; there was 'a'"),
        ({"result": "None", "strange": []}, "should return a CrawlResult, it returned None"),
    ],
)
def test_what_is_wrong_is_told(end, told):
    assert told in str(wrong_crawl(end, ARTICLES, "crawl"))


def test_comments_are_compared_in_order():
    article = Article(7, [["a"], ["b"]])
    assert wrong_comments(article.comments, article, "f() should return", {"strange": []}) == ""
    told = wrong_comments(article.comments[::-1], article, "f() should return", {"strange": []})
    assert "f() should return comments with the texts ['a', 'b']" in str(told)
