"""Pictures of a program's runs: a page to look at, to step through, and to be the scheduler in."""

from .chart import Chart, ThreadRow
from .page import page
from .programs import NothingToShow
from .scene import Scene, scene_of_run, scene_of_search, scene_of_text
from .show import show, show_as_text
from .terminal import can_be_printed, room, timeline

__all__ = [
    "Chart",
    "NothingToShow",
    "Scene",
    "ThreadRow",
    "can_be_printed",
    "page",
    "room",
    "scene_of_run",
    "scene_of_search",
    "scene_of_text",
    "show",
    "show_as_text",
    "timeline",
]
