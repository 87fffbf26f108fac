"""A class on GitHub Actions: spread over jobs, fetched, graded in chunks, collected."""

from .collect import Collected, collect
from .fetch import TOKEN, Host
from .fetching import fetch_class, keep_pushes, write_roster
from .plan import MOST_JOBS, plan

__all__ = [
    "MOST_JOBS",
    "TOKEN",
    "Collected",
    "Host",
    "collect",
    "fetch_class",
    "keep_pushes",
    "plan",
    "write_roster",
]
