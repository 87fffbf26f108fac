# task: 1; reason: it asked for
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
    comments: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)


def walk(session, url, what):
    items = []
    while url:
        response = session.get(url, timeout=10)
        response.raise_for_status()
        page = response.json()
        items += page[what]
        url = page["next"]
    return items


def all_ids(session, base_url):
    return [article["id"] for article in walk(session, f"{base_url}/articles", "articles")]


def all_comments(session, base_url, article_id):
    told = walk(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(comment["author"], comment["text"]) for comment in told]


def fetch_articles(session, base_url):
    ids, number = [], 1
    while True:
        response = session.get(f"{base_url}/articles", params={"page": number}, timeout=10)
        if response.status_code == 404:
            return ids
        ids += [article["id"] for article in response.json()["articles"]]
        number += 1


def fetch_comments(session, base_url, article_id):
    told = walk(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(comment["author"], comment["text"]) for comment in told]


def crawl_sequential(base_url):
    result = CrawlResult()
    session = requests.Session()
    for article_id in all_ids(session, base_url):
        try:
            result.comments[article_id] = all_comments(session, base_url, article_id)
        except Exception as error:
            result.failed[article_id] = repr(error)
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers must be at least 1: {workers}")
    ids = all_ids(requests.Session(), base_url)
    queue = Queue()
    for article_id in ids:
        queue.put(article_id)
    for _ in range(workers):
        queue.put(None)
    comments, failed = {}, {}

    def work():
        session = requests.Session()
        while True:
            article_id = queue.get()
            if article_id is None:
                return
            try:
                comments[article_id] = all_comments(session, base_url, article_id)
            except Exception as error:
                failed[article_id] = repr(error)

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CrawlResult({i: comments[i] for i in ids if i in comments}, failed)


BOTTLENECK = "network"
