# built: crawl_sequential is crawl with one worker; workers get jobs that fill slots, a sentinel of its own
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
    return crawl(base_url, 1)


class Slot:
    def __init__(self, article_id):
        self.article_id, self.comments, self.reason = article_id, None, ""


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f"workers must be at least 1: {workers}")
    with requests.Session() as session:
        slots = [Slot(article_id) for article_id in fetch_articles(session, base_url)]
    line, end = Queue(workers), object()

    class Crawler(Thread):
        def run(self):
            session = requests.Session()
            for slot in iter(line.get, end):
                try:
                    slot.comments = fetch_comments(session, base_url, slot.article_id)
                except (requests.RequestException, ValueError) as error:
                    slot.reason = f"{type(error).__name__}: {error}"
            session.close()
            line.put(end)

    crawlers = [Crawler(daemon=True) for _ in range(workers)]
    for crawler in crawlers:
        crawler.start()
    for slot in slots:
        line.put(slot)
    line.put(end)
    for crawler in crawlers:
        crawler.join()
    kept = {slot.article_id: slot.comments for slot in slots if not slot.reason}
    return CrawlResult(kept, {slot.article_id: slot.reason for slot in slots if slot.reason})


BOTTLENECK = "network"
