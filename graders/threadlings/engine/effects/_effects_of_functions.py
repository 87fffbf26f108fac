"""What functions of modules in C do."""

from __future__ import annotations

import importlib
import types
from typing import Any

from ._effect import Effect, entries

_FUNCTIONS = """
builtins
  abs: r -> new?       aiter: . -> any      all: d -> new         any: d -> new
  ascii: d -> new      bin: r -> new        callable: . -> new    chr: r -> new
  compile: o -> new    divmod: r -> new?    format: d -> new      hash: . -> new
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
  bisect_left: dc -> new                    bisect_right: dc -> new
  insort_left: uc -> new                    insort_right: uc -> new
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
_hashlib
  new: .r -> new       openssl_md5: r -> new                      openssl_sha1: r -> new
  openssl_sha224: r -> new                  openssl_sha256: r -> new
  openssl_sha384: r -> new                  openssl_sha512: r -> new
binascii
  hexlify: r -> new    unhexlify: r -> new  b2a_base64: r -> new a2b_base64: r -> new
  crc32: r -> new
zlib
  compress: r -> new   decompress: r -> new crc32: r -> new      adler32: r -> new
_pickle
  dumps: o -> new      loads: r -> new
_functools
  cmp_to_key: . -> of
_collections
  _count_elements: wr -> new
"""
"""The letters and words are those of :mod:`._effect`. ``*`` stands for all others of a module."""


def effects_of_functions() -> dict[Any, Effect]:
    """Return what is known, by function."""
    table: dict[Any, Effect] = {}
    for block in _FUNCTIONS.strip().split("\n"):
        if not block.startswith(" "):
            module = _module(block.strip())
            continue
        known = entries(block)
        for name, effect in known.items():
            for each in [name] if name != "*" else list(vars(module)) if module else []:
                function = getattr(module, each, None)
                is_special = name == "*" and each in known
                if type(function) is types.BuiltinFunctionType and not is_special:
                    table[function] = effect
    return table


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
