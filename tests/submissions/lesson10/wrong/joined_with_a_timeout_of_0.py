# task: 4; reason: left threads behind
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from requests import Session
from requests.adapters import HTTPAdapter
import requests

@dataclass(frozen=True)
class Comment:
    author: str
    text: str

@dataclass
class CrawlResult:
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)

class Patient(HTTPAdapter):

    def send(self, request, *args, **kwargs):
        if kwargs.get('timeout') is None:
            kwargs['timeout'] = 15
        return super().send(request, *args, **kwargs)

def opened():
    session = Session()
    session.mount('http://', Patient())
    session.mount('https://', Patient())
    return session

def entries(session, url, key):
    session.mount(url, Patient())
    while url:
        response = session.get(url)
        response.raise_for_status()
        page = response.json()
        yield from page[key]
        url = page['next']

def fetch_articles(session, base_url):
    return list((entry['id'] for entry in entries(session, f'{base_url}/articles', 'articles')))

def fetch_comments(session, base_url, article_id):
    session.mount(base_url, Patient())
    url = f'{base_url}/articles/{article_id}/comments'
    return [Comment(text=e['text'], author=e['author']) for e in entries(session, url, 'comments')]

def crawl_sequential(base_url):
    result = CrawlResult()
    session = opened()
    try:
        for article_id in fetch_articles(session, base_url):
            try:
                result.comments[article_id] = fetch_comments(session, base_url, article_id)
            except (OSError, ValueError) as error:
                result.failed[article_id] = str(error) or type(error).__name__
    finally:
        session.close()
    return result

def crawl(base_url, workers=8):
    if workers < 1:
        raise ValueError(f'workers must be 1 or more, not {workers}')
    queue = Queue(maxsize=2 * workers)
    found = {}

    def work(session):
        while True:
            article_id = queue.get()
            try:
                if article_id is None:
                    break
                found[article_id] = fetch_comments(session, base_url, article_id)
            except (OSError, ValueError) as error:
                found[article_id] = str(error) or type(error).__name__
            finally:
                queue.task_done()
        session.close()
    ids = fetch_articles(opened(), base_url)
    threads = [Thread(target=work, kwargs={'session': opened()}, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for article_id in ids:
        queue.put(article_id)
    queue.join()
    for _ in threads:
        queue.put(None)
    for thread in threads:
        thread.join(timeout=0)
    return CrawlResult({i: found[i] for i in ids if isinstance(found[i], list)}, {i: found[i] for i in ids if isinstance(found[i], str)})
BOTTLENECK = 'network'
