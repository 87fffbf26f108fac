"""What stands for a module that is another one in each run."""

from __future__ import annotations

from typing import Any


class StandIn:
    """An object whose attributes are the names of a module that each run has anew."""

    def _names_now(self) -> dict[str, Any] | None:
        """Return the names of the module in the run under way; None if there is none yet."""
        raise NotImplementedError
