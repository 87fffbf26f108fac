# task: 3; reason: a failed article ended crawl_sequential()
# wrong: no article came, and that is raised
from dataclasses import dataclass, field
from queue import Empty, Queue
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


def walk(session, url, key):
    found = []
    while url:
        response = session.get(url, timeout=10)
        response.raise_for_status()
        page = response.json()
        found += page[key]
        url = page["next"]
    return found


def fetch_articles(session, base_url):
    return [article["id"] for article in walk(session, f"{base_url}/articles", "articles")]


def fetch_comments(session, base_url, article_id):
    told = walk(session, f"{base_url}/articles/{article_id}/comments", "comments")
    return [Comment(comment["author"], comment["text"]) for comment in told]


def crawl_sequential(base_url):
    result = CrawlResult()
    session = requests.Session()
    for article_id in fetch_articles(session, base_url):
        try:
            result.comments[article_id] = fetch_comments(session, base_url, article_id)
        except Exception as error:
            result.failed[article_id] = repr(error)
    if result.failed and not result.comments:
        raise RuntimeError("nothing could be fetched")
    return result


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    ids = fetch_articles(requests.Session(), base_url)
    waiting = Queue()
    for article_id in ids:
        waiting.put(article_id)
    for _ in range(workers):
        waiting.put(None)
    comments, failed = {}, {}

    def work():
        session = requests.Session()
        while (article_id := waiting.get()) is not None:
            try:
                comments[article_id] = fetch_comments(session, base_url, article_id)
            except Exception as error:
                failed[article_id] = repr(error)

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CrawlResult({i: comments[i] for i in ids if i in comments}, failed)


BOTTLENECK = "network"
