# task: 4; reason: left threads behind
# The end of a with block of ThreadPool tells its workers to end, and does not join them.
from dataclasses import dataclass, field
from multiprocessing.pool import ThreadPool
from threading import local

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
    if workers < 1:
        raise ValueError(f"workers must be at least 1: {workers}")
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    mine = local()

    def one(article_id):
        if not hasattr(mine, "session"):
            mine.session = requests.Session()
        try:
            return article_id, fetch_comments(mine.session, base_url, article_id), None
        except Exception as error:
            return article_id, None, repr(error)

    with ThreadPool(workers) as pool:
        answers = pool.map(one, ids)
    result = CrawlResult()
    for article_id, comments, reason in answers:
        if reason is None:
            result.comments[article_id] = comments
        else:
            result.failed[article_id] = reason
    return result


BOTTLENECK = "network"
