"""For each entry of the engine's table of effects, what to call it with.

A line is ``name | arguments | arguments``. Each is tried as it is, and with each of ``STAND_INS``
in the place of each argument.
"""

from __future__ import annotations

SAMPLES = """
builtins.abs | -3 | Box(1)
builtins.aiter | AsyncBox()
builtins.all | [[1], [], [2]] | [1, 0]
builtins.any | [[], [1]] | [0, 1]
builtins.ascii | [[1], 'a']
builtins.bin | 5
builtins.callable | len | [1]
builtins.chr | 65
builtins.divmod | 7, 2 | Box(1), 2
builtins.format | [[1]] | 3, '>4' | (1, [2]) | Thing(1)
builtins.hash | 3 | (1, 'a') | frozenset([1])
builtins.hex | 255
builtins.id | [1]
builtins.isinstance | [1], list | Thing(1), (Thing, list)
builtins.issubclass | bool, int | bool, (int, str)
builtins.iter | [[1], 2] | iter([1, 2]) | {1} | {'a': [1]} | [1].pop, 7 | Box(1) | (1, [2])
builtins.len | [1] | {'a': 1} | 'abc' | {'a': 1}.items() | Box(1)
builtins.max | [[1], [2]] | [1], [2] | [1, 2], key=abs | [3, [1]], key=str | [], default=[1] \
| [[1, 2], [3, 4]], key=list.pop
builtins.min | [[1], [2]] | [1], [2] | [1, 2], key=abs | [3, [1]], key=str | [], default=[1] \
| [[1, 2], [3, 4]], key=list.pop
builtins.oct | 8
builtins.ord | 'a' | b'a' | bytearray(b'a')
builtins.pow | 2, 3 | 2, 3, 5 | Box(1), 2
builtins.repr | [[1], 'a'] | Thing(1) | {'a': [1]}.values()
builtins.round | 2.5 | 2.567, 1 | Box(1)
builtins.sorted | [3, 1] | [[3], [1]] | [[3], [1, 2]], key=len | [1, 2], reverse=True | Box(1) \
| [[1, 2], [3, 4]], key=list.pop
builtins.sum | [1, 2] | [[1], [2]], [] | [], [1] | [Box(1)]
builtins.locals |
builtins.dir | Thing(1)
builtins.print | [[1]], file=page | 1, 'a', file=page
builtins.compile | '1 + 1', 'text', 'eval'
builtins.eval | '1 + 1' \
| '1', {}
builtins.exec | 'x = 1' \
| 'pass', {}
builtins.__import__ | 'math'
builtins.__build_class__ | class_body, 'Made'
_operator.getitem | [[1], 2], 0 | {'a': [1]}, 'a' | [[1], 2, 3], slice(2) | (1, [2]), 1 | b'ab', 0
_operator.setitem | [1, 2], 0, [3] | [1, 2], slice(1), [3] | {'a': 1}, 'a', [3] \
| bytearray(b'ab'), slice(1), bytearray(b'z')
_operator.delitem | [1, 2], 0 | {'a': 1}, 'a'
_operator.contains | [1, [2]], [2] | {'a': 1}, 'a' | 'abc', 'b' | {frozenset([1]), 2}, {1}
_operator.add | 1, 2 | [[1]], [2] | Box(1), 2
_operator.sub | 2, 1 | {1, 2}, {1} | Box(1), 2 \
| {Box(1), Thing(2)}, {Thing(1)}
_operator.mul | 2, 3 | [[1]], 2 | Box(1), 2
_operator.mod | 7, 2 | '%s', [1] | '%s %s', (1, [2]) | b'%b', bytearray(b'x') | Box(1), 2
_operator.floordiv | 7, 2 | Box(1), 2
_operator.truediv | 7, 2 | Box(1), 2
_operator.and_ | 7, 2 | {1, 2}, {2} | Box(1), 2 \
| {Box(1), Thing(2)}, {Thing(1)} \
| {Box(1)}, {Box(1)}
_operator.or_ | 7, 2 | {1, 2}, {3} | {'a': [1]}, {'b': 2} | Box(1), 2 \
| {Box(1), Thing(2)}, {Thing(1)}
_operator.xor | 7, 2 | {1, 2}, {2} | Box(1), 2 \
| {Box(1), Thing(2)}, {Thing(1)}
_operator.pow | 7, 2 | Box(1), 2
_operator.lt | 1, 2 | [[1]], [[2]] | Box(1), 2 | [Box(1)], [2]
_operator.le | 1, 2 | [[1]], [[2]] | Box(1), 2 | [Box(1)], [2]
_operator.gt | 1, 2 | [[1]], [[2]] | Box(1), 2 | [Box(1)], [2]
_operator.ge | 1, 2 | [[1]], [[2]] | Box(1), 2 | [Box(1)], [2]
_operator.eq | 1, 2 | [[1]], [[1]] | {'a': [1]}, {'a': [1]} | Box(1), 2 | [Box(1)], [2]
_operator.ne | 1, 2 | [[1]], [[1]] | {'a': [1]}, {'a': [1]} | Box(1), 2 | [Box(1)], [2]
_operator.not_ | [1] | 0
_operator.truth | [1] | 0
_operator.is_ | [1], [1]
_operator.is_not | [1], [1]
_operator.concat | [[1]], [2]
_operator.countOf | [[1], 2], [1]
_operator.indexOf | [2, [1]], [1]
_operator.length_hint | [1] | iter([1, 2])
_operator.index | 3
_operator.neg | 3 | Box(1)
_operator.pos | 3 | Box(1)
_operator.abs | -3 | Box(1)
_operator.inv | 3 | Box(1)
_operator.invert | 3 | Box(1)
_operator.lshift | 3, 1 | Box(1), 2
_operator.rshift | 3, 1 | Box(1), 2
_operator.matmul | Box(1), 2
_operator._compare_digest | b'a', b'a' | b'a', bytearray(b'a')
_operator.iadd | [1], [2] | 1, 2 | Box(1), 2
_operator.isub | {1, 2}, {2} | 1, 2 | Box(1), 2
_operator.imul | [1], 2 | 1, 2 | Box(1), 2
_operator.iand | {1, 2}, {2} | Box(1), 2
_operator.ior | {1, 2}, {3} | {'a': 1}, [['b', 2]] | Box(1), 2
_operator.ixor | {1, 2}, {3} | Box(1), 2
_operator.iconcat | [1], [2]
_functools.reduce | max, [[1], [2]] | operator.add, [[1], [2]], [] | list.__iadd__, [[2]], [1] \
| list.__iadd__, [[1], [2]] \
| cmp, [[1]]
_functools.cmp_to_key | cmp
_heapq.heappush | [[1], [3]], [2] | [1, 3], 2 | [[5], [6]], [2] \
| [[[1]], [[3]]], [[2]]
_heapq.heappop | [[1], [3], [2]] | [1, 3, 2]
_heapq.heapify | [[3], [1], [2]] | [3, 1, 2]
_heapq.heappushpop | [[1], [3]], [2] | [1, 3], 2 \
| [[[1]], [[3]]], [[2]]
_heapq.heapreplace | [[1], [3], [2]], [2] | [1, 3], 2 \
| [[[1]], [[3]]], [[2]]
_bisect.bisect_left | [[1], [3]], [2] | [1, 3], 2 \
| [Thing(1)], 2, key=operator.attrgetter('size')
_bisect.bisect_right | [[1], [3]], [2] | [1, 3], 2 \
| [Thing(1)], 1, key=operator.attrgetter('size')
_bisect.insort_left | [[1], [3]], [2] | [1, 3], 2 \
| [[[1]], [[3]]], [[2]] | [Thing(1)], Thing(2), key=operator.attrgetter('size')
_bisect.insort_right | [[1], [3]], [2] | [1, 3], 2 \
| [[[1]], [[3]]], [[2]] | [Thing(1)], Thing(2), key=operator.attrgetter('size')
math.fsum | [1.5, 2] \
| [Gauge([1])]
math.prod | [2, 3] | [2, 3], start=4 | [], start=[1] | [Box(1)] \
| [Gauge([1])]
math.sumprod | [1, 2], [3, 4] | [Gauge([2])], [2] | [Box(1)], [2]
math.dist | [1, 2], [3, 4] \
| [Gauge([1])], [1]
math.* | 2 | 2.5 | 4, 2 | 2.5, 1 | 8, 2, 3 | 0.5 | Box(1)
math.perm | 5, 2
math.comb | 5, 2
time.sleep | 0
time.mktime | time.localtime(0)
time.asctime | time.localtime(0)
time.strftime | '%Y', time.localtime(0)
time.strptime | '2020', '%Y'
time.get_clock_info | 'time'
time.gmtime | 0
time.localtime | 0
time.ctime | 0
time.* |
posix.fspath | 'a'
posix.cpu_count |
posix.getpid |
posix.getppid |
posix.urandom | 3
nt.fspath | 'a'
nt.cpu_count |
nt.getpid |
nt.urandom | 3
_hashlib.new | 'sha256', b'x' | 'md5', bytearray(b'x')
_hashlib.openssl_md5 | b'x' | bytearray(b'x')
_hashlib.openssl_sha1 | b'x' | bytearray(b'x')
_hashlib.openssl_sha224 | b'x' | bytearray(b'x')
_hashlib.openssl_sha256 | b'x' | bytearray(b'x')
_hashlib.openssl_sha384 | b'x' | bytearray(b'x')
_hashlib.openssl_sha512 | b'x' | bytearray(b'x')
binascii.hexlify | b'x' | bytearray(b'x')
binascii.unhexlify | b'41' | bytearray(b'41')
binascii.b2a_base64 | b'x' | bytearray(b'x')
binascii.a2b_base64 | b'eA==' | bytearray(b'eA==')
binascii.crc32 | b'x' | bytearray(b'x')
zlib.compress | b'x' | bytearray(b'x')
zlib.decompress | bytes.fromhex('789cab000000790079') | bytearray.fromhex('789cab000000790079')
zlib.crc32 | b'x' | bytearray(b'x')
zlib.adler32 | b'x' | bytearray(b'x')
_pickle.dumps | [1, [2]] | {'a': [1]} | Thing(1)
_pickle.loads | bytes.fromhex('80049506000000000000005d944b01612e') \
| bytearray.fromhex('80049506000000000000005d944b01612e')
sys.intern | 'a'
sys.getsizeof | [1, 2] | {'a': 1}
sys.exc_info |
sys.exception |
sys.getrefcount | [1]
sys.is_finalizing |
sys.getdefaultencoding |

sys._is_gil_enabled |
_json.encode_basestring_ascii | 'a'
_json.encode_basestring | 'a'
_json.scanstring | '"a"', 1

list.append | [1], [2]
list.extend | [1], [[2], 3] | [1], iter([2]) | [1], {'a': 1}.values()
list.insert | [1], 0, [2]
list.remove | [[1], [2]], [2] \
| [[[1]], [[2]]], [[2]]
list.pop | [1, [2]] | [[1], 2], 0
list.clear | [1]
list.sort | [[2], [1]] | [2, 1] | [[1, 2], [3]], key=len | [2, 1], key=[3, 4, 5].__getitem__ \
| [[1], [2]], key=list.clear
list.reverse | [1, 2]
list.copy | [[1], 2]
list.count | [[1], [2]], [1] \
| [[[1]], [[2]]], [[2]]
list.index | [[1], [2]], [2] | [2, 1], 1, 0 \
| [[[1]], [[2]]], [[2]]
list.__len__ | [1]
list.__contains__ | [[1], [2]], [2] \
| [[[1]], [[2]]], [[2]]
list.__iter__ | [[1], 2]
list.__reversed__ | [[1], 2]
list.__getitem__ | [[1], 2], 0 | [[1], 2], slice(1)
list.__setitem__ | [1, 2], 0, [3] | [1, 2], slice(1), [3]
list.__delitem__ | [1, 2], 0
list.__add__ | [[1]], [[2]]
list.__iadd__ | [1], [[2]]
list.__mul__ | [[1]], 2
list.__rmul__ | [[1]], 2
list.__imul__ | [[1]], 2
list.__init__ | [1], [[2], 3]
list.__repr__ | [[1]]
list.__sizeof__ | [1]
list.__* | [[1]], [[1]] | [[1]], [[2]]
dict.get | {'a': [1]}, 'a' | {}, 'a', [1] | {(1, Box(1)): 2}, (1, 2)
dict.keys | {'a': 1}
dict.values | {'a': [1]}
dict.items | {'a': [1]}
dict.copy | {'a': [1]}
dict.setdefault | {'a': [1]}, 'a' | {}, 'a', [1]
dict.update | {'a': 1}, {'b': [2]} | {}, [['a', 1]] | {}, b=[1]
dict.pop | {'a': [1]}, 'a' | {}, 'a', [1]
dict.popitem | {'a': [1]}
dict.clear | {'a': 1}
dict.fromkeys | dict, [1, 2] | dict, ['a'], [1] | dict, {'a': 1}
dict.__len__ | {'a': 1}
dict.__contains__ | {'a': 1}, 'a'
dict.__iter__ | {'a': 1}
dict.__reversed__ | {'a': 1}
dict.__getitem__ | {'a': [1]}, 'a'
dict.__setitem__ | {'a': 1}, 'a', [1]
dict.__delitem__ | {'a': 1}, 'a'
dict.__repr__ | {'a': [1]}
dict.__eq__ | {'a': [1]}, {'a': [1]}
dict.__ne__ | {'a': [1]}, {'a': [1]}
dict.__or__ | {'a': [1]}, {'b': [2]}
dict.__ror__ | {'a': [1]}, {'b': [2]}
dict.__ior__ | {'a': [1]}, {'b': [2]} | {}, [['a', 1]]
dict.__init__ | {'a': 1}, {'b': [2]} | {}, [['a', 1]]
dict.__sizeof__ | {'a': 1} \
| dict.fromkeys([4, 3, 2, 1, 0])
OrderedDict.keys | OrderedDict(a=1)
OrderedDict.values | OrderedDict(a=[1])
OrderedDict.items | OrderedDict(a=[1])
OrderedDict.move_to_end | OrderedDict(a=1, b=2), 'a' | OrderedDict(a=1, b=2), 'b', False
OrderedDict.popitem | OrderedDict(a=1, b=[2]) | OrderedDict(a=1, b=2), False
OrderedDict.pop | OrderedDict(a=[1]), 'a' | OrderedDict(), 'a', [1]
OrderedDict.setdefault | OrderedDict(a=[1]), 'a' | OrderedDict(), 'a', [1]
OrderedDict.clear | OrderedDict(a=1)
OrderedDict.update | OrderedDict(a=1), {'b': [2]} | OrderedDict(), [['a', 1]]
OrderedDict.copy | OrderedDict(a=[1])
OrderedDict.__iter__ | OrderedDict(a=[1])
OrderedDict.__reversed__ | OrderedDict(a=[1])
OrderedDict.__setitem__ | OrderedDict(a=1), 'a', [1]
OrderedDict.__delitem__ | OrderedDict(a=1), 'a'
OrderedDict.__repr__ | OrderedDict(a=[1])
OrderedDict.__eq__ | OrderedDict(a=[1]), OrderedDict(a=[1])
OrderedDict.__init__ | OrderedDict(), {'b': [2]} | OrderedDict(), [['a', 1]]
defaultdict.__missing__ | defaultdict(list), 'a' | defaultdict([1].pop), 'a'
defaultdict.copy | defaultdict(list, a=[1])
defaultdict.__copy__ | defaultdict(list, a=[1])
defaultdict.__repr__ | defaultdict(list, a=[1])
defaultdict.__or__ | defaultdict(list, a=[1]), {'b': [2]}
defaultdict.__init__ | defaultdict(list), list, {'b': [2]} | defaultdict(list), list, [['a', 1]]
set.add | {1}, (2, 3)
set.remove | {1, 2}, 2 | {frozenset([1]), 2}, {1}
set.discard | {1, 2}, 2 | {frozenset([1]), 2}, {1}
set.pop | {1} | {Box(1)}
set.clear | {1}
set.copy | {1, 2} | {Box(1)}
set.__len__ | {1, 2}
set.__contains__ | {1, 2}, 2 | {frozenset([1]), 2}, {1}
set.__iter__ | {1, 2}
set.__repr__ | {1, 2}
set.__init__ | {1, 2}, {2, 3}
set.* | {1, 2}, {2, 3} | {1, 2}, [2, 3] | {Box(1), Box(2)}, {Box(1)}
deque.append | deque([1]), [2]
deque.appendleft | deque([1]), [2]
deque.extend | deque([1]), [[2]]
deque.extendleft | deque([1]), [[2]]
deque.pop | deque([1, [2]])
deque.popleft | deque([[1], 2])
deque.insert | deque([1]), 0, [2]
deque.remove | deque([[1], [2]]), [2] \
| deque([[[1]], [[2]]]), [[2]]
deque.clear | deque([1])
deque.rotate | deque([1, 2]), 1 | deque([1, 2])
deque.reverse | deque([1, 2])
deque.copy | deque([[1], 2])
deque.count | deque([[1], [2]]), [2] \
| deque([[[1]], [[2]]]), [[2]]
deque.index | deque([[1], [2]]), [2] \
| deque([[[1]], [[2]]]), [[2]]
deque.__len__ | deque([1])
deque.__contains__ | deque([[1], [2]]), [2] \
| deque([[[1]], [[2]]]), [[2]]
deque.__iter__ | deque([[1], 2])
deque.__reversed__ | deque([[1], 2])
deque.__getitem__ | deque([[1], 2]), 0
deque.__setitem__ | deque([[1], 2]), 0, [3]
deque.__delitem__ | deque([[1], 2]), 0
deque.__repr__ | deque([[1], 2])
deque.__copy__ | deque([[1], 2])
deque.__init__ | deque([[1], 2]), [[3]]
deque.__iadd__ | deque([[1], 2]), [[3]]
deque.__add__ | deque([[1], 2]), deque([[3]])
deque.__mul__ | deque([[1], 2]), 2
deque.__* | deque([[1], 2]), deque([[1], 2]) | deque([Box(1)]), deque([Box(2)])
bytearray.append | bytearray(b'ab'), 5
bytearray.extend | bytearray(b'ab'), [5] | bytearray(b'ab'), bytearray(b'c')
bytearray.insert | bytearray(b'ab'), 0, 5
bytearray.remove | bytearray(b'ab'), 97
bytearray.pop | bytearray(b'ab') | bytearray(b'ab'), 0
bytearray.clear | bytearray(b'ab')
bytearray.reverse | bytearray(b'ab')
bytearray.resize | bytearray(b'ab'), 1
bytearray.join | bytearray(b'ab'), [b'x', bytearray(b'y')]
bytearray.startswith | bytearray(b'ab'), b'a' | bytearray(b'ab'), (b'x', bytearray(b'a'))
bytearray.endswith | bytearray(b'ab'), b'b' | bytearray(b'ab'), (b'x', bytearray(b'b'))
bytearray.fromhex | bytearray, '61'
bytearray.maketrans | b'a', b'b' | bytearray(b'a'), b'b'
bytearray.__mod__ | bytearray(b'%b %a'), (b'x', [1]) | bytearray(b'%(a)b'), {b'a': bytearray(b'x')}
bytearray.__rmod__ | bytearray(b'ab'), bytearray(b'%b')
bytearray.__setitem__ | bytearray(b'ab'), 0, 5 | bytearray(b'ab'), slice(1), bytearray(b'c')
bytearray.__delitem__ | bytearray(b'ab'), 0
bytearray.__iadd__ | bytearray(b'ab'), b'c'
bytearray.__imul__ | bytearray(b'ab'), 2
bytearray.__init__ | bytearray(b'ab'), b'c' | bytearray(b'ab'), [1]
bytearray.decode | bytearray(b'ab') | bytearray(b'ab'), 'ascii'
bytearray.expandtabs | bytearray(b'ab')
array.append | array('i', [1]), 2
array.extend | array('i', [1]), [2] | array('i', [1]), array('i', [2])
array.insert | array('i', [1]), 0, 2
array.remove | array('i', [1]), 1
array.pop | array('i', [1, 2]) | array('i', [1, 2]), 0
array.fromlist | array('i', [1]), [2]
array.frombytes | array('B', [1]), b'2' | array('B', [1]), bytearray(b'ab')
array.reverse | array('i', [1, 2])
array.byteswap | array('i', [1, 2])
array.tolist | array('i', [1, 2])
array.tobytes | array('i', [1, 2])
array.count | array('i', [1, 2]), 1
array.index | array('i', [1, 2]), 1
array.__len__ | array('i', [1, 2])
array.__getitem__ | array('i', [1, 2]), 0 | array('i', [1, 2]), slice(1)
array.__setitem__ | array('i', [1, 2]), 0, 5 | array('i', [1, 2]), slice(1), array('i', [9])
str.join | ', ', ['a', 'b'] | ', ', {'a': 1}
str.format | '{} {}', [1], 2 | '{0.items}', Thing(1) | '{0[0]}', [[1]] | '{a}', a=[1]
str.format_map | '{a}', {'a': [1]} \
| '{a.items}', {'a': Thing(1)}
str.translate | 'a', {97: 'b'} | 'a', {97: None}
str.maketrans | {'a': [1]} | 'a', 'b' | {'a': 'b'}
str.__mod__ | '%s', [1] | '%s %s', ([1], 2) | '%(a)s', {'a': [1]} | '%d', 3
str.__new__ | str, [1] | str, bytearray(b'a'), 'ascii'
str.startswith | 'ab', 'a' | 'ab', ('a', 'b')
str.endswith | 'ab', 'a' | 'ab', ('a', 'b')
str.replace | 'ab', 'a', 'c'
str.__format__ | 'ab', '>4'
bool.__repr__ | True
tuple.__hash__ | (1, 2)
str.__getnewargs__ | 'ab'
bytes.join | b'ab', [b'x', bytearray(b'y')]
bytes.startswith | b'ab', b'a' | b'ab', (b'x', bytearray(b'a'))
bytes.endswith | b'ab', b'a' | b'ab', (b'x', bytearray(b'b'))
bytes.partition | b'ab', bytearray(b'a')
bytes.rpartition | b'ab', bytearray(b'a')
bytes.fromhex | bytes, '61'
bytes.maketrans | b'a', b'b' | bytearray(b'a'), b'b'
bytes.__mod__ | b'%b %a', (b'x', [1]) | b'%(a)b', {b'a': bytearray(b'x')} | b'%a', [1]
bytes.__new__ | bytes, [1] | bytes, bytearray(b'a')
bytes.__buffer__ | b'ab', 0
bytearray.__buffer__ | bytearray(b'ab'), 0
bytes.__rmod__ | b'ab', b'%b' | b'ab', bytearray(b'%b')
bytes.decode | b'ab' | b'ab', 'ascii'
int.from_bytes | int, b'a', 'big' | int, [1], 'big' | int, bytearray(b'a'), 'big'
int.to_bytes | 5, 1, 'big'
int.__new__ | int, '5' | int, bytearray(b'5') | int, '5', 10
int.__* | 5 | 5, 2
int.__format__ | 5, ''
bool.__new__ | bool, [1]
bool.__invert__ | True
bool.* | True, False
float.fromhex | float, '0x1'
float.from_number | float, 5
float.__new__ | float, '5' | float, bytearray(b'5')
float.__getformat__ | float, 'double'
float.__format__ | 5.0, ''
complex.__new__ | complex, '5' | complex, 1, 2
complex.from_number | complex, 5
complex.__format__ | 5j, ''
range.__new__ | range, 5
tuple.__new__ | tuple, [1, [2]]
tuple.__getitem__ | ([1], 2), 0 | ([1], 2), slice(1)
tuple.__iter__ | ([1], 2)
tuple.index | ([1], 2), 2 | (1, [[1]]), [[1]]
tuple.* | ([1], [[2]]), [[2]] | ([1], 2), ([1], 2) | (Box(1), 2), (3, 4) | ([1], 2), [1] \
| ([1], 2), 2 | ([1], 2)
frozenset.__new__ | frozenset, [1, 2] \
| frozenset, [Box(1)]
frozenset.__contains__ | frozenset([1, frozenset([2])]), {2}
frozenset.* | frozenset([1, 2]), {1} | frozenset([1, 2]), [1] | frozenset([Box(1)]), {Box(1)} \
| frozenset([Box(1)]) | frozenset([1, 2]), {Box(1)}
object.__init__ | object()
object.__new__ | object | Thing
object.__repr__ | [1] | Thing(1)
object.__str__ | object() | Thing([1]) | [1]
object.__hash__ | object() | [1]
object.__format__ | object(), '' | [1], ''
object.__dir__ | Thing(1)
object.__sizeof__ | [1]
object.__init_subclass__ | Thing
object.__subclasshook__ | int | int, int
object.__* | object(), [1] | [1], [1] | [[1]], [[1]]
BaseException.with_traceback | ValueError([1]), trace
BaseException.add_note | ValueError([1]), 'a'
BaseException.__init__ | ValueError([1]), [2]
BaseException.__str__ | ValueError([1]) | ValueError([1], 2)
BaseException.__repr__ | ValueError([1])
type.mro | int
type.__subclasses__ | bool
type.__instancecheck__ | int, 5 | int, [1]
generator.send | generator([1]), None
generator.throw | begun(generator([1])), ValueError()
generator.close | generator([1])
generator.__next__ | generator([[1]])
generator.__iter__ | generator([1])
coroutine.send | waiting([1]), None
coroutine.throw | begun(waiting([1])), ValueError()
coroutine.close | coroutine([1])
memoryview.release | memoryview(bytearray(b'ab'))
memoryview.cast | memoryview(bytearray(b'ab')), 'b'
memoryview.toreadonly | memoryview(bytearray(b'ab'))
memoryview.tobytes | memoryview(bytearray(b'ab'))
memoryview.tolist | memoryview(bytearray(b'ab'))
memoryview.hex | memoryview(bytearray(b'ab'))
mappingproxy.get | MappingProxyType({'a': [1]}), 'a' | MappingProxyType({}), 'a', [1]
mappingproxy.keys | MappingProxyType({'a': [1]})
mappingproxy.values | MappingProxyType({'a': [1]})
mappingproxy.items | MappingProxyType({'a': [1]})
mappingproxy.copy | MappingProxyType({'a': [1]})
function.__get__ | cmp, [1] | cmp, Thing(1)

datetime.now | datetime.datetime
datetime.utcnow | datetime.datetime
datetime.fromtimestamp | datetime.datetime, 0
datetime.utcfromtimestamp | datetime.datetime, 0
datetime.strptime | datetime.datetime, '2020', '%Y'
datetime.combine | datetime.datetime, datetime.date(2020, 1, 2), datetime.time(3)
datetime.fromisoformat | datetime.datetime, '2020-01-02'
datetime.replace | datetime.datetime(2020, 1, 2) | datetime.datetime(2020, 1, 2), 2021
datetime.__reduce_ex__ | datetime.datetime(2020, 1, 2), 4
date.today | datetime.date
date.fromtimestamp | datetime.date, 0
date.fromordinal | datetime.date, 9
date.fromisocalendar | datetime.date, 2020, 1, 1
date.fromisoformat | datetime.date, '2020-01-02'
date.strptime | datetime.date, '2020', '%Y'
datetime.datetime | 2020, 1, 2
datetime.date | 2020, 1, 2 | datetime.datetime(2020, 1, 2)
datetime.timedelta | 1
_collections._count_elements | {}, ['a', 'b'] | {'a': 1}, {'a': 2}
builtins.object |
builtins.int | '5' | bytearray(b'5') | 5.5 | '5', 10
builtins.float | '5' | bytearray(b'5')
builtins.complex | '5' | 1, 2
builtins.bool | [1] | 0
builtins.str | [[1]] | bytearray(b'a'), 'ascii'
builtins.bytes | [1] | bytearray(b'a') | 3
builtins.bytearray | [1] | bytearray(b'a') | memoryview(bytearray(b'a'))
builtins.list | [[1]] | iter([[1]]) | {'a': [1]}.items() | zip([[1]], [2]) | map(len, [[1]]) \
| itertools.chain([[1]], [2])
builtins.tuple | [[1]] | enumerate([[1]])
builtins.set | [1, 2] | [Box(1)]
builtins.frozenset | [1, 2] | [Box(1)]
builtins.dict | {'a': [1]} | [['a', [1]]] | a=[1]
builtins.range | 5 | 1, 5
builtins.slice | 5 | [1], None
builtins.super | Derived, Derived()
builtins.type | [1] | 'Made', (), {'a': [1]}
builtins.property | cmp
builtins.classmethod | cmp
builtins.staticmethod | cmp
builtins.enumerate | [[1]] | [[1]], 2 | iter([[1]])
builtins.zip | [[1]], [[2]] | iter([[1], 2]), [3]
builtins.map | str, [1, 2] | len, [[1]] | list.pop, [[1, 2]] | [1].append, [[2]] | cmp, [1], [[2]]
builtins.filter | None, [[1], []] | len, [[1]] | cmp1, [[1]]
builtins.reversed | [[1]] | {'a': 1} | Box(1) | (1, [2])
builtins.memoryview | bytearray(b'ab')
collections.deque | [[1]] | [[1]], 5
array.array | 'i', [1, 2] | 'i', array('i', [1]) | 'i'
collections.defaultdict | list | list, {'a': [1]} | list, [['a', [1]]]
collections.OrderedDict | {'a': [1]} | [['a', [1]]]
builtins.mappingproxy | {'a': [1]}
functools.partial | cmp, [1] | len, [1]
operator.methodcaller | 'append', [1]
operator.attrgetter | 'items'
operator.itemgetter | 0 | slice([1], None)
types.SimpleNamespace | a=[1] \
| {'a': [1]}
builtins.method | cmp, [1]
itertools.count | 1 | 1, 2
itertools.cycle | [[1], 2]
itertools.repeat | [1] | [1], 2
itertools.accumulate | [[1], [2]] | [1, 2] | [[1], [2]], operator.iadd | [[1], [2]], initial=[3]
itertools.chain | [[1]], [2]
itertools.combinations | [[1], 2], 2
itertools.combinations_with_replacement | [[1], 2], 2
itertools.compress | [[1], 2], [[1], []]
itertools.dropwhile | len, [[], [1]] | cmp1, [[1], [2]]
itertools.takewhile | len, [[1], []]
itertools.filterfalse | None, [[1], []] | len, [[1], []]
itertools.groupby | [[1], [1], [2]] | [[1], [2]], len
itertools.islice | [[1], 2, 3], 2
itertools.pairwise | [[1], 2, 3]
itertools.batched | [[1], 2, 3], 2
itertools.permutations | [[1], 2], 2
itertools.product | [[1], 2], [3] | [[1]], repeat=2
itertools.starmap | pow, [[2, 3]] | list.append, [([1], 2)] | len, [[[1]]] \
| echo, [[1, 2]]
itertools.zip_longest | [[1]], [2, 3] | [[1]], [2, 3], fillvalue=[1]
"""
SELVES = {
    "str": "'ab'",
    "bytes": "b'ab'",
    "bytearray": "bytearray(b'ab')",
    "int": "5",
    "bool": "True",
    "float": "2.5",
    "complex": "2j",
    "range": "range(3)",
    "datetime": "datetime.datetime(2020, 1, 2)",
    "date": "datetime.date(2020, 1, 2)",
    "timedelta": "datetime.timedelta(1)",
}
"""For classes of which most methods are alike, an object to call them on."""
ARGUMENTS = {
    "str": ("", "'a'", "1", "'a', 'b'", "'a', 1", "2, '-'"),
    "bytes": ("", "b'a'", "bytearray(b'a')", "1", "b'a', b'c'", "bytearray(b'a'), bytearray(b'c')",
              "3, b'-'", "bytes(256)", "bytearray(256)", "memoryview(b'a')", "slice(1)"),
    "int": ("", "2", "2.5", "'d'", "2, 7"),
    "float": ("", "2", "'f'", "2.5"),
    "complex": ("", "2", "2j"),
    "range": ("", "1", "range(3)", "slice(2)"),
}  # fmt: skip
_MOMENTS = ("", "datetime.timedelta(1)", "datetime.datetime(2020, 1, 3)", "'%Y'", "2",
            "datetime.date(2020, 1, 3)", "datetime.timezone.utc")  # fmt: skip
ARGUMENTS.update(datetime=_MOMENTS, date=_MOMENTS, timedelta=_MOMENTS)
ARGUMENTS["bytearray"], ARGUMENTS["bool"] = ARGUMENTS["bytes"], ARGUMENTS["int"]
"""And with what to call them."""
STAND_INS = (
    "[1, [2]]",
    "{'a': [1]}",
    "{1, 2}",
    "bytearray(b'ab')",
    "(1, [2])",
    "iter([[1], 2])",
    "{'a': [1]}.items()",
    "memoryview(bytearray(b'ab'))",
    "Thing(1)",
    "Box(1)",
)
"""What is tried in the place of each argument."""
NO_STAND_INS = (
    "builtins.exec builtins.eval builtins.compile builtins.__import__ builtins.__build_class__ "
    "builtins.locals math.prod time.sleep"
)
"""Functions that may do anything, or wait, if they are given something else."""
NUMBERS = ("builtins", "_operator", "math", "int", "float", "complex", "bool", "range", "itertools")
"""Where a number that has a state is tried in the place of each argument too."""
