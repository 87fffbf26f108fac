"""Methods of an object that is not known, by their names."""

from __future__ import annotations

_CHANGING = (
    "append extend insert remove pop clear sort reverse add discard update setdefault popitem "
    "appendleft extendleft popleft rotate difference_update intersection_update "
    "symmetric_difference_update move_to_end"
)
_LOOKING = (
    "get keys values items copy count index union intersection difference issubset issuperset "
    "isdisjoint symmetric_difference"
)
METHOD_USES = {**dict.fromkeys(_CHANGING.split(), "w"), **dict.fromkeys(_LOOKING.split(), "d")}
"""How methods of the library's containers use an object that is not known."""
_OF_TEXTS = {
    name
    for name in {*vars(str), *vars(int)} - {*METHOD_USES, "format", "format_map", "join"}
    if not name.startswith("__")
}
METHODS_OF_TEXTS = {name: "d" if hasattr(bytearray, name) else "." for name in _OF_TEXTS}
"""How methods of texts and numbers use an object that is not known: it may be a bytearray."""
OWN_METHODS = frozenset(
    [
        "acquire",
        "release",
        "locked",
        "start",
        "join",
        "is_alive",
        "set",
        "is_set",
        "wait",
        "notify",
        "notify_all",
        "put",
        "get_nowait",
        "put_nowait",
        "task_done",
        "empty",
        "full",
        "qsize",
        "submit",
        "result",
        "shutdown",
        "cancel",
        "done",
        "__enter__",
        "__exit__",
    ]
)  # fmt: skip
"""Methods of the library's threads, locks, queues and pools, which tell of themselves."""
