"""What a call of something written in C does with what it is given.

What is not in these tables reads and writes all that can be reached from what it is given. An
entry takes away from that, so each must be right: the tests have, for every entry, a call that
would show if it were not.

An entry is ``name: uses -> result``. ``uses`` has a letter for the object that a method belongs
to, if it is one, and for each argument; the last stands for all that follow:

- ``.`` does not look into it,
- ``r`` reads it, but nothing that is in it,
- ``d`` reads it and what is in it, which is compared, hashed, printed or added up,
- ``w`` writes it,
- ``u`` writes it, and reads what is in it,
- ``o`` reads all that can be reached from it,
- ``*`` reads and writes all that can be reached from it,
- ``c`` is ``d``, and if it is a function, calls it with what is in the others.

``result`` is ``new`` (nobody else has it), ``of`` (new, and made of what was given), ``view`` (to
read it later is to read what was given), ``deep`` (and what is in it) or ``any``. With ``?`` a
method in Python may be asked for it, and then it is what that returns.
"""

from __future__ import annotations

import builtins
import datetime
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

    @property
    def asks(self) -> bool:
        """True if the result may be what a method in Python returns."""
        return self.result.endswith("?")

    @property
    def calls(self) -> bool:
        """True if what is given may be called with what is in the others."""
        return "c" in self.uses

    @property
    def later(self) -> str:
        """The letter for what was given, when the result is read."""
        return _LATER.get(self.result.removesuffix("?"), ".")


_LATER = {"view": "r", "deep": "d"}
UNKNOWN_EFFECT = Effect("*", "any")

_FUNCTIONS = """
builtins
  abs: r -> new?       aiter: . -> any      all: d -> new         any: d -> new
  ascii: d -> new      bin: r -> new        callable: . -> new    chr: r -> new
  compile: . -> new    divmod: r -> new?    format: d -> new      hash: . -> new
  hex: r -> new        id: . -> new         isinstance: . -> new  issubclass: . -> new
  iter: r -> view?     len: r -> new        max: c -> any         min: c -> any
  oct: r -> new        ord: r -> new        pow: r -> new?        print: d -> new
  repr: d -> new       round: r -> new?     sorted: dc -> of      sum: d -> any
  locals: . -> any     dir: o -> new        exec: .w -> new       eval: .w -> any
  __build_class__: . -> new                 __import__: . -> any
operator
  getitem: rr -> any   setitem: wrr -> new  delitem: wr -> new    contains: d -> new
  add: r -> of?        sub: r -> of?        mul: r -> of?         lt: d -> any
  le: d -> any         eq: d -> new?        ne: d -> new?         gt: d -> any
  ge: d -> any         not_: r -> new       truth: r -> new       is_: . -> new
  is_not: . -> new     concat: r -> of?     countOf: d -> new     indexOf: d -> new
  length_hint: r -> new                     index: r -> new       neg: r -> new?
  mod: d -> new?       floordiv: r -> new?  truediv: r -> new?    and_: r -> of?
  or_: r -> of?        xor: r -> of?        pow: r -> new?        matmul: r -> new?
  lshift: r -> new?    rshift: r -> new?    pos: r -> new?        inv: r -> new?
  invert: r -> new?    abs: r -> new?       iadd: wr -> any       isub: wr -> any
  imul: wr -> any      iand: wr -> any      ior: wd -> any        ixor: wr -> any
  iconcat: wr -> any
functools
  reduce: cr. -> any
math
  *: r -> new          floor: r -> new?     ceil: r -> new?       trunc: r -> new?
  fsum: d -> new       prod: d -> any       sumprod: d -> any     dist: d -> new
_heapq
  heappush: ud -> new  heappop: u -> any    heapify: u -> new     heappushpop: ud -> any
  heapreplace: ud -> any
_bisect
  bisect_left: d -> new                     bisect_right: d -> new
  insort_left: ud -> new                    insort_right: ud -> new
time
  time: . -> new       time_ns: . -> new    monotonic: . -> new   monotonic_ns: . -> new
  sleep: . -> new      gmtime: . -> new     localtime: . -> new   perf_counter: . -> new
  asctime: . -> new    ctime: . -> new      mktime: . -> new      perf_counter_ns: . -> new
  strftime: . -> new   strptime: . -> new   process_time: . -> new
  process_time_ns: . -> new                 thread_time: . -> new
  thread_time_ns: . -> new                  get_clock_info: . -> new
_operator
  _compare_digest: r -> new
posix
  getpid: . -> new     fspath: . -> new     cpu_count: . -> new   urandom: . -> new
  getppid: . -> new
nt
  getpid: . -> new     fspath: . -> new     cpu_count: . -> new   urandom: . -> new
sys
  intern: . -> new     getsizeof: r -> new  exc_info: . -> any    exception: . -> any
  is_finalizing: . -> new                   getrefcount: . -> new
  getdefaultencoding: . -> new              _is_gil_enabled: . -> new
_json
  encode_basestring_ascii: . -> new         encode_basestring: . -> new
  scanstring: . -> new
_functools
  cmp_to_key: . -> of
_collections
  _count_elements: wr -> new
"""

_METHODS: dict[str, tuple[Any, str]] = {
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
    "str": (str, """
        join: .r -> new      format: .o -> new    format_map: .o -> new
        translate: .r -> new maketrans: r -> of   __mod__: .d -> new   __new__: .d -> new
        *: . -> new
    """),
    "bytes": (bytes, """
        join: .d -> new      startswith: .d -> new                     endswith: .d -> new
        partition: .r -> of  rpartition: .r -> of                      __mod__: .d -> new
        maketrans: r -> new  __new__: .r -> new   __buffer__: . -> new
        *: .r -> new
    """),
    "int": (int, "from_bytes: .r -> new   to_bytes: .r -> new   __new__: .r -> new   *: . -> new"),
    "float": (float, """
        __new__: .r -> new   __round__: .r -> new from_number: .r -> new   *: . -> new
    """),
    "complex": (complex, "__new__: .r -> new   from_number: .r -> new   *: . -> new"),
    "bool": (bool, "__new__: .r -> new   *: . -> new"),
    "range": (range, "__new__: .r -> new   __getitem__: .r -> new   *: . -> new"),
    "tuple": (tuple, """
        count: dd -> new     index: dd -> new     __contains__: dd -> new
        __repr__: d -> new   __eq__: dd -> new    __ne__: dd -> new    __lt__: dd -> any
        __le__: dd -> any    __gt__: dd -> any    __ge__: dd -> any    __hash__: . -> new
        __len__: . -> new    __iter__: . -> of    __getitem__: . -> any
        __add__: . -> of     __mul__: . -> of     __rmul__: . -> of    __new__: .r -> of
        __getnewargs__: . -> of
    """),
    "frozenset": (frozenset, """
        copy: . -> of        union: .r -> of      intersection: .r -> of
        difference: .r -> of symmetric_difference: .r -> of            __or__: .r -> of
        __ror__: .r -> of    __and__: .r -> of    __rand__: .r -> of   __sub__: .r -> of
        __rsub__: .r -> of   __xor__: .r -> of    __rxor__: .r -> of   __new__: .r -> of
        __iter__: . -> of    __reduce__: . -> of  *: .r -> new
    """),
    "datetime": (datetime.datetime, "*: . -> new"),
    "date": (datetime.date, "*: . -> new"),
    "timedelta": (datetime.timedelta, "*: . -> new"),
    "object": (object, """
        __init__: . -> new   __new__: . -> new    __repr__: . -> new   __str__: d -> new
        __hash__: . -> new   __eq__: . -> new     __ne__: d -> new     __format__: d -> new
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
        send: w. -> any      throw: w* -> any     close: w -> new      __next__: w -> any
        __iter__: . -> view
    """),
    "coroutine": (types.CoroutineType, "send: w. -> any   throw: w* -> any   close: w -> new"),
    "memoryview": (memoryview, """
        release: * -> new    cast: . -> view      toreadonly: . -> view
        tobytes: r -> new    tolist: r -> new     hex: r -> new
    """),
    "mappingproxy": (types.MappingProxyType, """
        get: r. -> any       keys: . -> view      values: . -> view    items: . -> view
        copy: r -> of
    """),
    "FunctionType": (types.FunctionType, "__get__: . -> of"),
}  # fmt: skip

_CONSTRUCTORS = """
object: . -> new       int: r -> new        float: r -> new      complex: r -> new
bool: r -> new         str: d -> new        bytes: r -> new      bytearray: r -> new
list: r -> of          tuple: r -> of       set: r -> of         frozenset: r -> of
dict: d -> of          range: r -> new      slice: . -> of       super: . -> any
type: . -> any         property: . -> of    classmethod: . -> of
staticmethod: . -> of  enumerate: r -> view?                     zip: r -> view?
map: .r -> view?       filter: .r -> deep?  reversed: r -> view?  memoryview: . -> view
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
    "time": ("tzset", "clock_settime", "clock_settime_ns"),
    "_thread": ("start_new_thread", "start_joinable_thread", "start_new", "allocate_lock"),
    "_signal": ("signal", "setitimer", "alarm", "pthread_kill", "raise_signal"),
}  # fmt: skip
"""Functions, by module, that do what cannot be watched."""
MADE_BEFORE = "threads or locks made before the program began"
CHANGED_LIBRARY = "a library that it changes"
CHANGED_FUNCTION = "a function that it changes"
CHANGED_METHOD = "a special method that it changes"
WEAK_REFERENCES = "weak references"
UNKNOWN_NAMES = "the attributes of an object that is not known"
PHRASES = frozenset(
    [MADE_BEFORE, CHANGED_LIBRARY, CHANGED_FUNCTION, CHANGED_METHOD, WEAK_REFERENCES, UNKNOWN_NAMES]
) | {name for name in UNWATCHABLE.values() if " " in name}
"""What cannot be watched and has no name of Python's own: to be translated."""
FILE_FUNCTIONS = ("posix", "nt", "_io")
"""Modules whose other functions read or write files, which all files stand for."""


_OF_CLASSES = frozenset(
    [
        "__class_getitem__",
        "__getattribute__",
        "__init_subclass__",
        "__new__",
        "__release_buffer__",
        "__subclasshook__",
    ]
)
"""Methods for which no ``*`` stands."""


DEEP = frozenset(
    [
        filter,
        itertools.accumulate,
        itertools.compress,
        itertools.filterfalse,
        itertools.groupby,
        itertools.starmap,
        *(kind for name, kind in vars(itertools).items() if name == "_grouper"),
    ]
)
"""Iterators that look into what they bring: they add it up, compare it, or ask if it is true."""


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
        entries = _entries(block)
        for name, effect in entries.items():
            for each in [name] if name != "*" else list(vars(module)) if module else []:
                function = getattr(module, each, None)
                is_special = name == "*" and each in entries
                if type(function) is types.BuiltinFunctionType and not is_special:
                    table[function] = effect
    for kind, text in _METHODS.values():
        entries = _entries(text)
        rest = entries.pop("*", None)
        for name, member in vars(kind).items():
            is_safe = name not in _OF_CLASSES and (kind is not bytearray or hasattr(bytes, name))
            known = entries.get(name, rest if is_safe else None)
            if known is not None and callable(getattr(member, "__func__", member)):
                table[getattr(member, "__func__", member)] = known
    for name, effect in _entries(_CONSTRUCTORS).items():
        table[getattr(builtins, name)] = effect
    table[deque] = Effect("r", "of")
    table[array] = Effect(".r", "new")
    table[defaultdict] = Effect(".d", "of")
    table[OrderedDict] = Effect("d", "of")
    table[types.MappingProxyType] = Effect(".", "view")
    table[functools.partial] = table[operator.methodcaller] = Effect(".", "of")
    table[operator.attrgetter], table[operator.itemgetter] = Effect(".", "new"), Effect(".", "of")
    table[types.SimpleNamespace] = Effect("r", "of")
    table[types.MethodType] = Effect(".", "of")
    for kind in (datetime.datetime, datetime.date, datetime.timedelta):
        table[kind] = Effect(".", "new")
    for name, kind in vars(itertools).items():
        if isinstance(kind, type) and not name.startswith("_"):
            table[kind] = Effect("r", "deep?" if kind in DEEP else "view?")
    for kind in (itertools.combinations, itertools.permutations, itertools.product):
        table[kind] = Effect("r", "of")
    table[itertools.combinations_with_replacement] = Effect("r", "of")
    table[itertools.count] = table[itertools.chain] = Effect(".", "view?")
    table[itertools.repeat] = Effect(".r", "of")
    return table


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


_EFFECTS = _effects()
