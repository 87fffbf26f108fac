# built: ThreadPoolExecutor.map with a Session in thread-local storage
from dataclasses import dataclass, field
from concurrent.futures import ThreadPoolExecutor
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


def fetch_articles(session, base_url):
    ids = []
    url = base_url + "/articles"
    while url:
        answer = session.get(url, timeout=5)
        answer.raise_for_status()
        page = answer.json()
        for article in page["articles"]:
            ids.append(article["id"])
        url = page["next"]
    return ids


def fetch_comments(session, base_url, article_id):
    comments = []
    url = f"{base_url}/articles/{article_id}/comments"
    while url:
        answer = session.get(url, timeout=5)
        answer.raise_for_status()
        page = answer.json()
        comments += [Comment(**told) for told in page["comments"]]
        url = page["next"]
    return comments


def crawl_sequential(base_url):
    result = CrawlResult()
    session = requests.Session()
    for article_id in fetch_articles(session, base_url):
        try:
            result.comments[article_id] = fetch_comments(session, base_url, article_id)
        except (requests.RequestException, ValueError, KeyError) as error:
            result.failed[article_id] = repr(error)
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers={workers}")
    here = local()

    def visit(article_id):
        if not hasattr(here, "session"):
            here.session = requests.Session()
        try:
            return article_id, fetch_comments(here.session, base_url, article_id), None
        except Exception as error:
            return article_id, None, f"{type(error).__name__} {error}"

    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    result = CrawlResult()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for article_id, comments, reason in pool.map(visit, ids):
            if reason is None:
                result.comments[article_id] = comments
            else:
                result.failed[article_id] = reason
    return result


BOTTLENECK = "network"
