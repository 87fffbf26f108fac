"""A class on GitHub Actions: spread over jobs, fetched, graded in chunks, collected."""

from .collect import Collected, collect
from .doctor import BAD, asking, of_host, of_machine, of_roster
from .fetch import TOKEN, Host
from .fetching import fetch_class, keep_pushes, write_roster
from .plan import MOST_JOBS, plan

__all__ = [
    "BAD",
    "MOST_JOBS",
    "TOKEN",
    "Collected",
    "Host",
    "asking",
    "collect",
    "fetch_class",
    "keep_pushes",
    "of_host",
    "of_machine",
    "of_roster",
    "plan",
    "write_roster",
]
