"""What of a program is watched: the code whose instructions are steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import CodeType, FrameType
from typing import Protocol

from ..runs import Place
from ._site import Site, SiteTable


class Watched(Protocol):
    """What the backends, and who reacts to sites, ask of a program.

    Attributes:
        methods_change: True once a thread has changed what a class has, or its methods: only then
            is it a step to look one up.
    """

    methods_change: bool

    @property
    def sites(self) -> Mapping[int, SiteTable]:
        """The sites of each code object that is stepped, by its ``id``."""

    @property
    def codes(self) -> Sequence[CodeType]:
        """The code objects whose instructions are watched."""

    def is_program(self, code: CodeType) -> bool:
        """Return True if ``code`` is the program's own, not a function of the library."""

    def is_body(self, code: CodeType) -> bool:
        """Return True for a function of the library in which a thread can begin."""

    def calls_back(self, code: CodeType) -> bool:
        """Return True for a function of the library that calls what the program gave it."""

    def can_be_stepped(self, code: CodeType) -> bool:
        """Return True if the code is stepped where stepped code calls it."""

    def is_stepped(self, frame: FrameType | None) -> bool:
        """Return True if the steps of a frame are steps of the program."""

    def step_into(self, code: CodeType) -> None:
        """Let the code have sites from now on."""

    def site_behind(self, frame: FrameType) -> Site | None:
        """Return the site at which a frame waits for what it has called, if it is stepped."""

    def place_in(self, code: CodeType, line: int) -> Place:
        """Return the place of a line of the program."""
