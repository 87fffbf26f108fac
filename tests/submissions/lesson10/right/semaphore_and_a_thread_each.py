# built: a thread for each article, with a session each; a semaphore lets `workers` of them fetch
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Thread

import requests


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


TIMEOUT = 20


def everything(session, url, key):
    answer = session.get(url, timeout=TIMEOUT)
    if answer.status_code >= 400:
        raise requests.HTTPError(f"{answer.status_code} for {url}", response=answer)
    page = answer.json()
    rest = everything(session, page["next"], key) if page["next"] else []
    return page[key] + rest


def fetch_articles(session, base_url):
    return [article["id"] for article in everything(session, f"{base_url}/articles", "articles")]


def fetch_comments(session, base_url, article_id):
    told = everything(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(comment["author"], comment["text"]) for comment in told]


def crawl_sequential(base_url):
    comments, failed = {}, {}
    session = requests.Session()
    for article_id in fetch_articles(session, base_url):
        try:
            comments[article_id] = fetch_comments(session, base_url, article_id)
        except Exception as error:
            failed[article_id] = f"failed: {error!r}"
    return CrawlResult(comments, failed)


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(workers)
    ids = fetch_articles(requests.Session(), base_url)
    slots = BoundedSemaphore(workers)
    # The places are there before the threads: the order of the articles is kept.
    comments = dict.fromkeys(ids)
    failed = {}

    def visit(article_id):
        with slots:
            try:
                comments[article_id] = fetch_comments(requests.Session(), base_url, article_id)
            except Exception as error:
                failed[article_id] = f"failed: {error!r}"

    threads = [Thread(target=visit, args=[article_id]) for article_id in ids]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return CrawlResult({i: own for i, own in comments.items() if own is not None}, failed)


BOTTLENECK = "network"
