# built: a Thread subclass, an out queue, task_done and join, sentinels
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


class Crawler(Thread):
    def __init__(self, base_url, inbox, outbox):
        super().__init__()
        self.base_url, self.inbox, self.outbox = base_url, inbox, outbox

    def run(self):
        with requests.Session() as session:
            for article_id in iter(self.inbox.get, None):
                try:
                    comments = fetch_comments(session, self.base_url, article_id)
                    self.outbox.put((article_id, comments, ""))
                except Exception as error:
                    self.outbox.put((article_id, None, f"{type(error).__name__}: {error}"))
                self.inbox.task_done()
            self.inbox.task_done()


def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(workers)
    with requests.Session() as session:
        ids = fetch_articles(session, base_url)
    inbox, outbox = Queue(), Queue()
    crawlers = [Crawler(base_url, inbox, outbox) for _ in range(workers)]
    for crawler in crawlers:
        crawler.start()
    for article_id in ids:
        inbox.put(article_id)
    for _ in crawlers:
        inbox.put(None)
    inbox.join()
    for crawler in crawlers:
        crawler.join()
    found = {}
    while not outbox.empty():
        article_id, comments, reason = outbox.get()
        found[article_id] = comments, reason
    return CrawlResult(
        {n: found[n][0] for n in ids if not found[n][1]},
        {n: found[n][1] for n in ids if found[n][1]},
    )


BOTTLENECK = "network"
