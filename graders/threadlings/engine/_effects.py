"""What a call of something written in C does with what it is given.

What is not in these tables reads and writes all that can be reached from what it is given. An
entry takes away from that, so each must be right: ``tests/engine/test_effects.py`` has, for every
entry, a call that would show if it were not.

An entry is ``name: uses -> result``. ``uses`` has a letter for the object that a method belongs
to, if it is one, and for each argument; the last stands for all that follow:

- ``.`` does not look into it,
- ``r`` reads it, but nothing that is in it,
- ``d`` reads it and what is in it, which is compared, hashed, printed or added up,
- ``w`` writes it,
- ``u`` writes it, and reads what is in it,
- ``o`` reads all that can be reached from it,
- ``*`` reads and writes all that can be reached from it.

``result`` is ``new`` (nobody else has it), ``of`` (new, and made of what was given), ``view`` (to
read it later is to read what was given) or ``any``.
"""

from __future__ import annotations

import builtins
import functools
import importlib
import itertools
import operator
import types
from array import array
from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Effect:
    """What a call does; see the module's own text for the letters and words."""

    uses: str
    result: str

    def use_of(self, place: int) -> str:
        """Return the letter for what is given at a place: 0 is the object of a method."""
        return self.uses[min(place, len(self.uses) - 1)]


UNKNOWN_EFFECT = Effect("*", "any")

_FUNCTIONS = """
builtins
  abs: . -> new        aiter: . -> any      all: d -> new         any: d -> new
  ascii: d -> new      bin: . -> new        callable: . -> new    chr: . -> new
  compile: . -> new    divmod: d -> of      format: d -> new      hash: d -> new
  hex: . -> new        id: . -> new         isinstance: . -> new  issubclass: . -> new
  iter: r -> view      len: r -> new        max: d -> any         min: d -> any
  next: . -> any       oct: . -> new        ord: . -> new         pow: . -> of
  print: d -> new      repr: d -> new       round: . -> of        sorted: d -> of
  sum: d -> of         __build_class__: . -> new                  __import__: . -> any
  globals: . -> any    locals: . -> any     vars: . -> any        dir: o -> new
  exec: . -> new       eval: . -> any
operator
  getitem: r. -> any   setitem: w. -> new   delitem: w. -> new    contains: d -> new
  add: d -> of         sub: d -> of         mul: d -> of          lt: d -> new
  le: d -> new         eq: d -> new         ne: d -> new          gt: d -> new
  ge: d -> new         not_: r -> new       truth: r -> new       is_: . -> new
  is_not: . -> new     concat: d -> of      countOf: d -> new     indexOf: d -> new
  length_hint: r -> new                     index: . -> new       neg: . -> of
  mod: d -> of         floordiv: d -> of    truediv: d -> of      and_: d -> of
  or_: d -> of         xor: d -> of
functools
  reduce: *d* -> any
math
  *: . -> new
_heapq
  heappush: u. -> new  heappop: u -> any    heapify: u -> new     heappushpop: u. -> any
  heapreplace: u. -> any
_bisect
  bisect_left: d -> new                     bisect_right: d -> new
  insort_left: u. -> new                    insort_right: u. -> new
time
  *: . -> new
_operator
  _compare_digest: d -> new
posix
  getpid: . -> new     fspath: . -> new     cpu_count: . -> new   urandom: . -> new
  getppid: . -> new    get_terminal_size: . -> new
nt
  getpid: . -> new     fspath: . -> new     cpu_count: . -> new   urandom: . -> new
sys
  intern: . -> new     getrecursionlimit: . -> new                getsizeof: r -> new
  exc_info: . -> any   exception: . -> any  getrefcount: . -> new is_finalizing: . -> new
  getdefaultencoding: . -> new              _is_gil_enabled: . -> new
_json
  encode_basestring_ascii: . -> new         encode_basestring: . -> new
  scanstring: . -> new
_functools
  cmp_to_key: . -> new
"""

_METHODS: dict[str, tuple[Any, str]] = {
    "list": (list, """
        append: w. -> new    extend: wr -> new    insert: w. -> new    remove: u. -> new
        pop: w. -> any       clear: w -> new      sort: u* -> new      reverse: w -> new
        copy: r -> of        count: d. -> new     index: d. -> new     __len__: r -> new
        __contains__: d. -> new                   __iter__: r -> view  __reversed__: r -> view
        __getitem__: r. -> any                    __setitem__: w. -> new
        __delitem__: w. -> new                    __add__: rr -> of    __iadd__: wr -> any
        __mul__: r. -> of    __imul__: w. -> any  __repr__: d -> new   __eq__: dd -> new
        __ne__: dd -> new    __lt__: dd -> new    __le__: dd -> new    __gt__: dd -> new
        __ge__: dd -> new    __init__: wr -> new  __sizeof__: r -> new
    """),
    "dict": (dict, """
        get: r. -> any       keys: . -> view      values: . -> view    items: . -> view
        copy: r -> of        setdefault: w. -> any                     update: wr -> new
        pop: w. -> any       popitem: w -> any    clear: w -> new      fromkeys: .r. -> of
        __len__: r -> new    __contains__: r. -> new                   __iter__: r -> view
        __reversed__: r -> view                   __getitem__: r. -> any
        __setitem__: w. -> new                    __delitem__: w. -> new
        __repr__: d -> new   __eq__: dd -> new    __ne__: dd -> new    __or__: rr -> of
        __ror__: rr -> of    __ior__: wr -> any   __init__: wr -> new  __sizeof__: r -> new
    """),
    "OrderedDict": (OrderedDict, """
        keys: . -> view      values: . -> view    items: . -> view     move_to_end: w. -> new
        popitem: w. -> any   pop: w. -> any       setdefault: w. -> any
        clear: w -> new      update: wr -> new    copy: r -> of        __iter__: r -> view
        __reversed__: r -> view                   __setitem__: w. -> new
        __delitem__: w. -> new                    __repr__: d -> new   __eq__: dd -> new
        __init__: wr -> new
    """),
    "defaultdict": (defaultdict, """
        __missing__: w. -> any                    copy: r -> of        __copy__: r -> of
        __repr__: d -> new   __or__: rr -> of     __init__: w.r -> new
    """),
    "set": (set, """
        add: w. -> new       remove: w. -> new    discard: w. -> new   pop: w -> any
        clear: w -> new      update: wr -> new    copy: r -> of        union: rr -> of
        intersection: rr -> of                    difference: rr -> of
        symmetric_difference: rr -> of            difference_update: wr -> new
        intersection_update: wr -> new            symmetric_difference_update: wr -> new
        issubset: rr -> new  issuperset: rr -> new                     isdisjoint: rr -> new
        __len__: r -> new    __contains__: r. -> new                   __iter__: r -> view
        __repr__: d -> new   __eq__: rr -> new    __ne__: rr -> new    __init__: wr -> new
        __or__: rr -> of     __and__: rr -> of    __sub__: rr -> of    __xor__: rr -> of
    """),
    "deque": (deque, """
        append: w. -> new    appendleft: w. -> new                     extend: wr -> new
        extendleft: wr -> new                     pop: w -> any        popleft: w -> any
        insert: w. -> new    remove: u. -> new    clear: w -> new      rotate: w. -> new
        reverse: w -> new    copy: r -> of        count: d. -> new     index: d. -> new
        __len__: r -> new    __contains__: d. -> new                   __iter__: r -> view
        __reversed__: r -> view                   __getitem__: r. -> any
        __setitem__: w. -> new                    __delitem__: w. -> new
        __repr__: d -> new   __copy__: r -> of    __init__: wr -> new  __eq__: dd -> new
    """),
    "bytearray": (bytearray, """
        append: w. -> new    extend: wr -> new    insert: w. -> new    remove: w. -> new
        pop: w. -> new       clear: w -> new      reverse: w -> new    copy: r -> new
        *: r -> new
    """),
    "array": (array, """
        append: w. -> new    extend: wr -> new    insert: w. -> new    remove: w. -> new
        pop: w. -> new       fromlist: wr -> new  frombytes: wr -> new reverse: w -> new
        byteswap: w -> new   tolist: r -> new     tobytes: r -> new    count: r. -> new
        index: r. -> new     buffer_info: r -> new                     __len__: r -> new
        __getitem__: r. -> new                    __setitem__: w. -> new
    """),
    "str": (str, "join: .d -> new   format: .o -> new   format_map: .o -> new   *: . -> new"),
    "bytes": (bytes, "join: .d -> new   *: .r -> new"),
    "int": (int, "*: . -> new"),
    "float": (float, "*: . -> new"),
    "complex": (complex, "*: . -> new"),
    "bool": (bool, "*: . -> new"),
    "range": (range, "*: . -> new"),
    "tuple": (tuple, "*: d -> of"),
    "frozenset": (frozenset, "*: rr -> of"),
    "object": (object, """
        __init__: . -> new   __new__: . -> new    __repr__: . -> new   __str__: d -> new
        __hash__: . -> new   __eq__: . -> new     __ne__: . -> new     __format__: d -> new
        __dir__: o -> new    __sizeof__: . -> new __init_subclass__: . -> new
        __subclasshook__: . -> new                __lt__: . -> new     __le__: . -> new
        __gt__: . -> new     __ge__: . -> new
    """),
    "BaseException": (BaseException, """
        with_traceback: *. -> any                 add_note: *. -> new  __init__: *. -> new
        __str__: d -> new    __repr__: d -> new
    """),
    "type": (type, "mro: . -> new   __subclasses__: . -> new   __instancecheck__: . -> new"),
    "generator": (types.GeneratorType, """
        send: w. -> any      throw: w. -> any     close: w -> new      __next__: w -> any
        __iter__: . -> view
    """),
    "coroutine": (types.CoroutineType, "send: w. -> any   throw: w. -> any   close: w -> new"),
    "memoryview": (memoryview, """
        release: * -> new    cast: . -> view      toreadonly: . -> view
        tobytes: r -> new    tolist: r -> new     hex: r -> new
    """),
    "mappingproxy": (types.MappingProxyType, """
        get: r. -> any       keys: . -> view      values: . -> view    items: . -> view
        copy: r -> of
    """),
    "FunctionType": (types.FunctionType, "__get__: . -> new"),
}  # fmt: skip

_CONSTRUCTORS = """
object: . -> new       int: . -> new        float: . -> new      complex: . -> new
bool: r -> new         str: d -> new        bytes: r -> new      bytearray: r -> new
list: r -> of          tuple: r -> of       set: r -> of         frozenset: r -> of
dict: r -> of          range: . -> new      slice: . -> new      super: . -> any
type: . -> any         property: . -> new   classmethod: . -> new
staticmethod: . -> new enumerate: r. -> view                     zip: r -> view
map: .r -> view        filter: .r -> view   reversed: r -> view  memoryview: . -> view
"""
"""Of ``map`` and ``filter`` the function is called later, by whoever goes on to the next item."""

UNWATCHABLE = {
    "_ctypes": "ctypes",
    "mmap": "mmap",
    "_socket": "a socket",
    "select": "select",
    "_ssl": "a socket",
    "_posixsubprocess": "another process",
    "_winapi": "another process",
    "_multiprocessing": "another process",
    "_posixshmem": "shared memory",
    "fcntl": "fcntl",
    "_interpreters": "another interpreter",
    "_interpqueues": "another interpreter",
    "_interpchannels": "another interpreter",
    "_xxsubinterpreters": "another interpreter",
    "_tkinter": "a window",
    "_curses": "the terminal",
    "gc": "gc",
}
"""Modules in C whose state is in no object, or changes from outside; and what to call it."""
UNWATCHABLE_FUNCTIONS = {
    "sys": ("settrace", "setprofile", "gettrace", "getprofile", "_settraceallthreads",
            "_setprofileallthreads", "_getframe", "_current_frames", "call_tracing",
            "addaudithook"),
    "posix": ("fork", "forkpty", "_exit", "kill", "abort", "posix_spawn", "posix_spawnp", "execv"),
    "nt": ("_exit", "kill", "abort", "spawnv"),
    "_thread": ("start_new_thread", "start_joinable_thread", "start_new", "allocate_lock"),
    "_signal": ("signal", "setitimer", "alarm", "pthread_kill", "raise_signal"),
}  # fmt: skip
"""Functions, by module, that do what cannot be watched."""
FILE_FUNCTIONS = ("posix", "nt", "_io")
"""Modules whose other functions read or write files, which all files stand for."""


def effect_of(function: Any) -> Effect:
    """Return what a call of something written in C does.

    Args:
        function: A function of a module, a method as its class has it, or a class.
    """
    try:
        return _EFFECTS.get(function, UNKNOWN_EFFECT)
    except TypeError:  # It has no hash.
        return UNKNOWN_EFFECT


def _entries(text: str) -> dict[str, Effect]:
    found = {}
    words = text.split()
    for position, word in enumerate(words):
        if word.endswith(":") and word != ":":
            found[word[:-1]] = Effect(words[position + 1], words[position + 3])
    return found


def _effects() -> dict[Any, Effect]:
    table: dict[Any, Effect] = {}
    for block in _FUNCTIONS.strip().split("\n"):
        if not block.startswith(" "):
            module = _module(block.strip())
            continue
        for name, effect in _entries(block).items():
            for each in [name] if name != "*" else list(vars(module)) if module else []:
                function = getattr(module, each, None)
                if type(function) is types.BuiltinFunctionType:
                    table[function] = effect
    for kind, text in _METHODS.values():
        entries = _entries(text)
        rest = entries.pop("*", None)
        for name, member in vars(kind).items():
            known = entries.get(name, rest)
            if known is not None and not isinstance(member, str | type(None)):
                table[getattr(member, "__func__", member)] = known
    for name, effect in _entries(_CONSTRUCTORS).items():
        table[getattr(builtins, name)] = effect
    table[deque] = table[array] = table[defaultdict] = table[OrderedDict] = Effect("r", "of")
    table[types.MappingProxyType] = Effect(".", "view")
    table[functools.partial] = table[operator.methodcaller] = Effect(".", "of")
    table[operator.attrgetter] = table[operator.itemgetter] = Effect(".", "new")
    table[types.SimpleNamespace] = Effect("r", "of")
    table[types.MethodType] = Effect(".", "of")
    for kind in vars(itertools).values():
        if isinstance(kind, type):
            table[kind] = Effect("r", "view")
    return table


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


_EFFECTS = _effects()
