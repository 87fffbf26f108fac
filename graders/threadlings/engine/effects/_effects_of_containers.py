"""What methods of containers in C do: they have items, which change."""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict, deque
from typing import Any

METHODS_OF_CONTAINERS: dict[str, tuple[Any, str]] = {
    "list": (list, """
        append: w. -> new    extend: wr -> new    insert: w. -> new    remove: ud -> new
        pop: w. -> any       clear: w -> new      sort: uc -> new      reverse: w -> new
        copy: r -> of        count: dd -> new     index: dd -> new     __len__: r -> new
        __contains__: dd -> new                   __iter__: . -> view  __reversed__: r -> view
        __getitem__: r. -> any                    __setitem__: w.r -> new
        __delitem__: w. -> new                    __add__: rr -> of    __iadd__: wr -> any
        __mul__: r. -> of    __imul__: w. -> any  __repr__: d -> new   __eq__: dd -> new
        __ne__: dd -> new    __lt__: dd -> any    __le__: dd -> any    __gt__: dd -> any
        __ge__: dd -> any    __rmul__: r. -> of   __init__: wr -> new  __sizeof__: r -> new
    """),
    "dict": (dict, """
        get: r. -> any       keys: . -> view      values: . -> view    items: . -> view
        copy: r -> of        setdefault: w. -> any                     update: wd -> new
        pop: w. -> any       popitem: w -> any    clear: w -> new      fromkeys: .r. -> of
        __len__: r -> new    __contains__: r. -> new                   __iter__: r -> view
        __reversed__: r -> view                   __getitem__: r. -> any
        __setitem__: w. -> new                    __delitem__: w. -> new
        __repr__: d -> new   __eq__: dd -> new    __ne__: dd -> new    __or__: rr -> of
        __ror__: rr -> of    __ior__: wd -> any   __init__: wd -> new  __sizeof__: r -> new
    """),
    "OrderedDict": (OrderedDict, """
        keys: . -> view      values: . -> view    items: . -> view     move_to_end: w. -> new
        popitem: wr -> any   pop: w. -> any       setdefault: w. -> any
        clear: w -> new      update: wd -> new    copy: r -> of        __iter__: r -> view
        __reversed__: r -> view                   __setitem__: w. -> new
        __delitem__: w. -> new                    __repr__: d -> new   __eq__: dd -> new
        __init__: wd -> new
    """),
    "defaultdict": (defaultdict, """
        __missing__: u. -> any                    copy: r -> of        __copy__: r -> of
        __repr__: d -> new   __or__: rr -> of     __init__: w.d -> new
    """),
    "set": (set, """
        add: w. -> new       remove: wr -> new    discard: wr -> new   pop: w -> any
        clear: w -> new      update: wr -> new    copy: r -> of        union: rr -> of
        intersection: rr -> of                    difference: rr -> of
        symmetric_difference: rr -> of            difference_update: wr -> new
        intersection_update: wr -> new            symmetric_difference_update: wr -> new
        issubset: rr -> new  issuperset: rr -> new                     isdisjoint: rr -> new
        __len__: r -> new    __contains__: rr -> new                   __iter__: r -> view
        __repr__: r -> new   __eq__: rr -> new    __ne__: rr -> new    __init__: wr -> new
        __or__: rr -> of     __and__: rr -> of    __sub__: rr -> of    __xor__: rr -> of
    """),
    "deque": (deque, """
        append: w. -> new    appendleft: w. -> new                     extend: wr -> new
        extendleft: wr -> new                     pop: w -> any        popleft: w -> any
        insert: w. -> new    remove: ud -> new    clear: w -> new      rotate: w. -> new
        reverse: w -> new    copy: r -> of        count: dd -> new     index: dd -> new
        __len__: r -> new    __contains__: dd -> new                   __iter__: r -> view
        __reversed__: r -> view                   __getitem__: r. -> any
        __setitem__: w. -> new                    __delitem__: w. -> new
        __repr__: d -> new   __copy__: r -> of    __init__: wr -> new  __eq__: dd -> new
        __ne__: dd -> new    __lt__: dd -> any    __le__: dd -> any    __gt__: dd -> any
        __ge__: dd -> any    __add__: rr -> of    __iadd__: wr -> any  __mul__: r. -> of
    """),
    "bytearray": (bytearray, """
        append: w. -> new    extend: wr -> new    insert: w. -> new    remove: w. -> new
        pop: w. -> new       clear: w -> new      reverse: w -> new    copy: r -> new
        resize: w. -> new    __setitem__: w.r -> new                   __delitem__: w. -> new
        __iadd__: wr -> any  __imul__: w. -> any  __init__: wr -> new  __iter__: . -> view
        __buffer__: . -> view                     join: rd -> new      startswith: rd -> new
        endswith: rd -> new  __mod__: rd -> new   __rmod__: rr -> new  *: r -> new
    """),
    "array": (array, """
        append: w. -> new    extend: wr -> new    insert: w. -> new    remove: w. -> new
        pop: w. -> new       fromlist: wr -> new  frombytes: wr -> new reverse: w -> new
        byteswap: w -> new   tolist: r -> new     tobytes: r -> new    count: r. -> new
        index: r. -> new     __len__: r -> new
        __getitem__: r. -> new                    __setitem__: w.r -> new
    """),
}  # fmt: skip
"""The letters and words are those of :mod:`._effect`. ``*`` stands for all other methods."""
