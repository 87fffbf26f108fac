# task: 4; reason: one of them was for the list of articles
# 댓글 수집기 (comment crawler)
from __future__ import annotations

import queue
import threading
from typing import Any, Iterator
from urllib.parse import urljoin

from dataclasses import dataclass, field

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def _pages(session: requests.Session, url: str) -> Iterator[dict[str, Any]]:
    """첫 페이지부터 마지막 페이지까지 차례로"""
    address: str | None = url
    while address is not None:
        answer = session.request("GET", address, timeout=(3, 7))
        answer.raise_for_status()
        page = answer.json()
        yield page
        address = urljoin(address, page["next"]) if page["next"] is not None else None


def fetch_articles(session: requests.Session, base_url: str) -> list[int]:
    return [article["id"] for page in _pages(session, f"{base_url}/articles") for article in page["articles"]]


def fetch_comments(session: requests.Session, base_url: str, article_id: int) -> list[Comment]:
    start = f"{base_url}/articles/{article_id}/comments"
    return [Comment(**{key: c[key] for key in ("author", "text")}) for page in _pages(session, start) for c in page["comments"]]


def _reason(error: Exception) -> str:
    if isinstance(error, requests.HTTPError):
        return f"HTTP {error.response.status_code}"
    return error.__class__.__name__


def _fetch_into(result: CrawlResult, session: requests.Session, base_url: str, article_id: int) -> None:
    try:
        comments = fetch_comments(session, base_url, article_id)
    except Exception as error:  # 기사 하나가 실패해도 나머지는 계속
        result.failed[article_id] = _reason(error)
    else:
        result.comments[article_id] = comments


def crawl_sequential(base_url: str) -> CrawlResult:
    result = CrawlResult(comments={}, failed={})
    with requests.Session() as session:
        for article_id in dict.fromkeys(fetch_articles(session, base_url)):
            _fetch_into(result, session, base_url, article_id)
    return result


class Crawler(threading.Thread):
    def __init__(self, base_url: str, jobs: queue.Queue):
        super().__init__()
        self.base_url = base_url
        self.jobs = jobs
        self.part = CrawlResult(comments={}, failed={})  # 스레드마다 따로

    def run(self) -> None:
        with requests.Session() as session:
            while True:
                article_id = self.jobs.get()
                if article_id is None:
                    return
                _fetch_into(self.part, session, self.base_url, article_id)


def crawl(base_url: str, workers: int = 8) -> CrawlResult:
    if workers < 1:
        raise ValueError(f"workers는 1 이상이어야 합니다: {workers}")
    ids: dict[int, None] = {}
    jobs: queue.Queue = queue.Queue()
    crawlers = [Crawler(base_url, jobs) for _ in range(workers)]
    for crawler in crawlers:
        crawler.start()
    try:
        with requests.Session() as session:
            for page in _pages(session, f"{base_url}/articles"):
                for article in page["articles"]:
                    if article["id"] not in ids:
                        ids[article["id"]] = None
                        jobs.put(article["id"])
    finally:
        for _ in crawlers:
            jobs.put(None)
    for crawler in crawlers:
        crawler.join()
    comments: dict[int, list[Comment]] = {}
    failed: dict[int, str] = {}
    for crawler in crawlers:
        comments.update(crawler.part.comments)
        failed.update(crawler.part.failed)
    return CrawlResult(
        comments={i: comments[i] for i in ids if i in comments},
        failed={i: failed[i] for i in ids if i in failed},
    )


BOTTLENECK: str = "network"
