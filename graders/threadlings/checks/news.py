"""A news site that we make up: articles with comments, and what a crawl of it should find.

``told_comments`` and ``told_result`` go along with a scenario (``scenario_with(*NEWS)``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..language import Text, said
from .promises import Unfinished
from .sites import BASE, SITE, Pages, linked, shown
from .visits import FAILURES, remark


@dataclass(frozen=True)
class Article:
    """An article of a news site.

    Attributes:
        number: Its id.
        pages: The texts of the comments on each page.
        after_s: How long each page takes.
        fails: What becomes of the last page instead; a key of ``FAILURES``.
    """

    number: int
    pages: Sequence[Sequence[str]] = (("first", "second"),)
    after_s: float = 0
    fails: str | None = None

    @property
    def comments(self) -> list[list[str]]:
        """Author and text of each comment, as ``told_comments`` tells them."""
        return [[_author_of(text), text] for texts in self.pages for text in texts]


def _author_of(text: str) -> str:
    return f"who wrote {text}"


def news(
    articles: Sequence[Article],
    *,
    per_page: int = 3,
    list_after_s: float = 0,
    list_fails: str | None = None,
) -> Pages:
    """Return the pages of a site with these articles.

    Args:
        articles: In the order of the list.
        per_page: How many of them a page of the list has.
        list_after_s: How long each page of the list takes.
        list_fails: What becomes of the list's last page.
    """
    groups = [articles[at : at + per_page] for at in range(0, len(articles), per_page)]
    lists = [
        {"articles": [{"id": a.number, "title": f"news {a.number}"} for a in group]}
        for group in groups or [[]]
    ]
    site = linked(f"{BASE}/articles", lists, after_s=list_after_s, fails=list_fails)
    for article in articles:
        pages = [
            {"comments": [{"author": _author_of(text), "text": text} for text in texts]}
            for texts in article.pages
        ]
        url = f"{BASE}/articles/{article.number}/comments"
        site |= linked(url, pages, after_s=article.after_s, fails=article.fails)
    return site


def told_comments(found: object) -> Any:
    """Return comments as plain data; what is none as a text."""
    if not isinstance(found, list | tuple):
        return shown(found)
    return [
        [comment.author, comment.text]
        if hasattr(comment, "author") and hasattr(comment, "text")
        else shown(comment)
        for comment in found
    ]


def told_result(found: object) -> Any:
    """Return what a crawl returned as plain data; what is no CrawlResult as a text."""
    comments, failed = getattr(found, "comments", None), getattr(found, "failed", None)
    if not isinstance(comments, dict) or not isinstance(failed, dict):
        return shown(found)

    def told(number: object) -> object:
        return number if isinstance(number, int | str) else repr(number)

    def told_reason(reason: object) -> object:
        return reason if isinstance(reason, str) else {"type": type(reason).__name__}

    return {
        "comments": [[told(n), told_comments(own)] for n, own in comments.items()],
        "failed": sorted([[told(n), told_reason(why)] for n, why in failed.items()], key=repr),
    }


NEWS = (*SITE, told_comments, told_result)
"""What a scenario has to carry."""


def wrong_comments(found: Any, article: Article, should: Text, end: dict[str, Any]) -> str | Text:
    """Return what is wrong with the comments of an article; nothing if nothing is.

    Args:
        found: What ``told_comments`` told.
        article: Whose they are.
        should: Whose they are, in words that end with ``should return`` or ``should have``.
        end: What ``Site.visit`` told besides.
    """
    if found == article.comments:
        return ""
    strange = [found] if isinstance(found, str) else [c for c in found if isinstance(c, str)]
    if strange:
        return said(
            "{should} a list of Comment objects; there was {wrong}{remark}",
            should=should,
            wrong=strange[0],
            remark=remark(end),
        )
    return said(
        "the comments are not those of all the pages, in order\n"
        "  {should} comments with the texts {comments}\n"
        "  the texts are {found}{authors}{remark}",
        should=should,
        comments=[text for _author, text in article.comments],
        found=[text for _author, text in found],
        authors=_wrong_author(found, article),
        remark=remark(end),
    )


def _wrong_author(found: list[list[str]], article: Article) -> str | Text:
    if [text for _author, text in found] != [text for _author, text in article.comments]:
        return ""
    author, text = next(c for c in found if c not in article.comments)
    return said(
        ", but the author of {wrong!r} should be {author_of!r}, not {wrong_2!r}",
        wrong=text,
        author_of=_author_of(text),
        wrong_2=author,
    )


def wrong_crawl(end: dict[str, Any], articles: Sequence[Article], function: str) -> str | Text:
    """Return what is wrong with what a crawl found; nothing if nothing is.

    Args:
        end: What ``Site.visit`` told, its result told by ``told_result``.
        articles: Those of the site: ``comments`` should have them in this order.
        function: The name of the function that was called.
    Raises:
        Unfinished: If a reason why an article failed is a TODO.
    """
    found = end["result"]
    if not isinstance(found, dict):
        return said(
            "{name}() should return a CrawlResult, it returned {found}", name=function, found=found
        )
    comments, failed = dict(found["comments"]), dict(found["failed"])
    for reason in failed.values():
        if "TODO" in str(reason) and "exercises/" in str(reason):
            raise Unfinished(str(reason))
    for article in articles:
        wrong = (
            _wrong_failed(comments, failed, article, function)
            if article.fails
            else _wrong_kept(comments, failed, article, function, end)
        )
        if wrong:
            return wrong
    numbers = [article.number for article in articles if not article.fails]
    if list(comments) != numbers:
        return said(
            "comments is not in the order of the article pages\n"
            "  the ids should be in the order {numbers}, they are {comments}",
            numbers=numbers,
            comments=list(comments),
        )
    return ""


def _wrong_failed(
    comments: dict[Any, Any], failed: dict[Any, Any], article: Article, function: str
) -> str | Text:
    why = said(
        "article {number} {failures}",
        number=article.number,
        failures=FAILURES[str(article.fails)],
    )
    if len(article.pages) > 1:
        why += said(" on page {count} of {count}", count=len(article.pages))
    if article.number in comments:
        return said("a failed article is in comments\n  {why}: it belongs in failed alone", why=why)
    if article.number not in failed:
        return said(
            "a failed article is missing in failed of {name}()\n  {why}", name=function, why=why
        )
    reason = failed[article.number]
    if isinstance(reason, str) and reason.strip():
        return ""
    found = (
        f"{reason!r}"
        if isinstance(reason, str)
        else said("no text, but an object of class {type}", type=reason["type"])
    )
    return said(
        "the reason of a failed article should be a text that is not empty\n"
        "  {why}; its reason is {found}",
        why=why,
        found=found,
    )


def _wrong_kept(
    comments: dict[Any, Any],
    failed: dict[Any, Any],
    article: Article,
    function: str,
    end: dict[str, Any],
) -> str | Text:
    if article.number in failed:
        return said(
            "an article is in failed, but all its pages came\n"
            "  article {number}, its reason is {failed!r}{remark}",
            number=article.number,
            failed=failed[article.number],
            remark=remark(end),
        )
    if article.number not in comments:
        return said(
            "an article is missing in the result of {name}()\n"
            "  article {number} is neither in comments nor in failed\n"
            "  comments has the ids {comments}{remark}",
            name=function,
            number=article.number,
            comments=list(comments)[:10],
            remark=remark(end),
        )
    should = said("article {number} should have", number=article.number)
    return wrong_comments(comments[article.number], article, should, end)
