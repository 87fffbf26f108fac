"""Given: a small news site on this computer, for the program of comment_crawler.py."""

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

MISSING = 7
"""The id of the article that the site has lost."""


@contextmanager
def news_site(articles: int, seconds: float) -> Iterator[str]:
    """Open a news site; the block has its address.

    Args:
        articles: How many articles there are; number 7 of them cannot be fetched.
        seconds: How long the site takes for an answer.
    """
    os.environ["NO_PROXY"] = "127.0.0.1"
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(articles, seconds))
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(articles: int, seconds: float) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(seconds)
            page = _page(self.path, articles)
            body = json.dumps(page).encode()
            self.send_response(404 if page is None else 200)
            for name, value in (
                ("Content-Type", "application/json"),
                ("Content-Length", len(body)),
            ):
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Be quiet."""

    return Handler


def _page(path: str, articles: int) -> dict[str, object] | None:
    if path == "/articles":
        ids = range(1, articles + 1)
        return {"articles": [{"id": i, "title": f"Article {i}"} for i in ids], "next": None}
    found = re.fullmatch(r"/articles/(\d+)/comments", path)
    if found is None or int(found[1]) == MISSING:
        return None
    return {"comments": [{"author": "ada", "text": f"on article {found[1]}"}], "next": None}
