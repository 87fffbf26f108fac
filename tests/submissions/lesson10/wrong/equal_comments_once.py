# task: 2; reason: not those of all the pages
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from typing import Any
import requests
TIMEOUT_S = 10

@dataclass(frozen=True)
class Comment:
    author: str
    text: str

@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)

def fetch_articles(session: requests.Session, base_url: str) -> list[int]:
    pages = _pages(session, f'{base_url}/articles')
    return [article['id'] for page in pages for article in page['articles']]

def fetch_comments(session: requests.Session, base_url: str, article_id: int) -> list[Comment]:
    pages = _pages(session, f'{base_url}/articles/{article_id}/comments')
    return [Comment(told['author'], told['text']) for page in pages for told in page['comments']]

def _pages(session: requests.Session, url: str | None) -> Iterator[dict[str, Any]]:
    while url is not None:
        response = session.get(url, timeout=TIMEOUT_S)
        response.raise_for_status()
        page = response.json()
        yield page
        url = page['next']

def crawl_sequential(base_url: str) -> CrawlResult:
    result = CrawlResult()
    with requests.Session() as session:
        for article_id in fetch_articles(session, base_url):
            _visit(session, base_url, article_id, result)
    return result

def _visit(session: requests.Session, base_url: str, article_id: int, result: CrawlResult) -> None:
    try:
        result.comments[article_id] = fetch_comments(session, base_url, article_id)
    except Exception as error:
        result.failed[article_id] = f'{type(error).__name__}: {error}'

def crawl(base_url: str, workers: int=8) -> CrawlResult:
    if workers < 1:
        raise ValueError(f'workers must be at least 1, not {workers}')
    with requests.Session() as session:
        article_ids = fetch_articles(session, base_url)
    waiting: Queue[int | None] = Queue()
    for article_id in article_ids:
        waiting.put(article_id)
    for _ in range(workers):
        waiting.put(None)
    found = CrawlResult()

    def work() -> None:
        with requests.Session() as session:
            while (article_id := waiting.get()) is not None:
                _visit(session, base_url, article_id, found)
    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CrawlResult({article_id: found.comments[article_id] for article_id in article_ids if article_id in found.comments}, {article_id: found.failed[article_id] for article_id in article_ids if article_id in found.failed})
BOTTLENECK: str = 'network'
_fc = fetch_comments

def fetch_comments(session, base_url, article_id):
    return list(dict.fromkeys(_fc(session, base_url, article_id)))
