"""A process that has imported what a check needs, and waits for the word to begin.

``threadlings watch`` has one ready, so that a result comes within a second of a save. Each
checks once: what a check leaves in its process meets no other.
"""

from __future__ import annotations

import importlib
import json
import sys

import pytest


def main(order: str) -> int:
    """Import the modules of the order, wait for a line, then run pytest.

    Args:
        order: JSON with ``imports``, names of modules, and ``arguments``, those of pytest.
    Returns:
        pytest's exit code; 0 if standard input ended, as nothing is wanted then.
    """
    told = json.loads(order)
    for name in told["imports"]:
        importlib.import_module(name)
    if not sys.stdin.readline():
        return 0
    return int(pytest.main(told["arguments"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
