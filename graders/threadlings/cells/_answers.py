"""What a scenario returns, and what ``submission.run`` returns: data with runs and searches in it.

On its way it is JSON, in which a run or a search is a dict with one key that says which.
"""

from __future__ import annotations

import json
from typing import Any

from ..engine import MalformedError, Run, Search

_KINDS: dict[str, Any] = {"threadlings run": Run, "threadlings search": Search}
_KEYS = {kind: key for key, kind in _KINDS.items()}


def packed(value: Any) -> Any:
    """Return a value as JSON data; what is neither data, a run nor a search is named in it.

    Raises:
        TypeError, ValueError, RecursionError: If it cannot be JSON.
    """
    return json.loads(json.dumps(value, default=_described))


def unpacked(data: Any) -> Any:
    """Return what was packed; tuples have become lists.

    Raises:
        MalformedError: If what should be a run or a search is none.
    """
    try:
        return _unpacked(data)
    except RecursionError as error:
        raise MalformedError("data that is too deep") from error


def _described(value: object) -> Any:
    key = _KEYS.get(type(value))
    if key is not None:
        known: Any = value
        return {key: known.as_data()}
    return f"<an object of class {type(value).__name__}>"  # A check then sees a strange value.


def _unpacked(data: Any) -> Any:
    if isinstance(data, list):
        return [_unpacked(each) for each in data]
    if not isinstance(data, dict):
        return data
    if len(data) == 1:
        ((key, content),) = data.items()
        if key in _KINDS:
            return _KINDS[key].from_data(content)
    return {key: _unpacked(each) for key, each in data.items()}
