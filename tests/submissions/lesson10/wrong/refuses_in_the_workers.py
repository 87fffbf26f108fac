# task: 4; reason: 1 thread before it raised ValueError
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


def pages(session, url):
    while url is not None:
        response = session.get(url, timeout=10)
        response.raise_for_status()
        page = response.json()
        yield page
        url = page["next"]


def fetch_articles(session, base_url):
    return [a["id"] for page in pages(session, f"{base_url}/articles") for a in page["articles"]]


def fetch_comments(session, base_url, article_id):
    found = []
    for page in pages(session, f"{base_url}/articles/{article_id}/comments"):
        found += [Comment(c["author"], c["text"]) for c in page["comments"]]
    return found


def visit(session, base_url, article_id, result):
    try:
        result.comments[article_id] = fetch_comments(session, base_url, article_id)
    except Exception as error:
        result.failed[article_id] = repr(error)


def crawl_sequential(base_url):
    result = CrawlResult()
    with requests.Session() as session:
        for article_id in fetch_articles(session, base_url):
            visit(session, base_url, article_id, result)
    return result


def crawl(base_url, workers=8):
    refused = []

    def look():
        if workers < 1:
            refused.append(workers)

    watch = Thread(target=look)
    watch.start()
    watch.join()
    if refused:
        raise ValueError(f"workers must be at least 1: {workers}")
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    waiting, found = Queue(), CrawlResult()
    for article_id in [*ids, *[None] * workers]:
        waiting.put(article_id)

    def work():
        with requests.Session() as session:
            while (article_id := waiting.get()) is not None:
                visit(session, base_url, article_id, found)

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CrawlResult({i: found.comments[i] for i in ids if i in found.comments}, found.failed)


BOTTLENECK = "network"
