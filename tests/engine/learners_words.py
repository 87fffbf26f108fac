"""What learners write: shared things, each with statements that work on it.

In a statement ``log`` is the list of what its thread saw and ``{me}`` the number of the thread.
A statement of several lines is one that a learner would not cut in two.
"""

from __future__ import annotations

from dataclasses import dataclass

IMPORTS = """\
import bisect, collections, copy, dataclasses, functools, heapq, io, itertools, operator, string
import queue, threading, time, weakref
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
"""


@dataclass(frozen=True)
class Thing:
    """Something that threads share.

    Attributes:
        name: Of the thing, for people.
        statements: What threads do with it.
        module: What stands at the top of the module.
        setup: What stands at the top of ``program``, where the thing is made.
        declared: What a thread's function must declare.
        final: An expression of its state when the threads are done.
    """

    name: str
    statements: tuple[str, ...]
    module: str = ""
    setup: str = ""
    declared: str = ""
    final: str = "None"


def _words(text: str) -> tuple[str, ...]:
    """Return the statements of a text: one in each line; a line that is indented goes on."""
    found: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.startswith((" ", "except", "finally")):
            found[-1] += "\n" + line
        elif line:
            found.append(line)
    return tuple(found)


BOX = Thing(
    "attributes",
    _words("""
box.x += 1
box.x = box.x + 1
log.append(box.x)
if box.x == 0:
    box.x = {me} + 5
box.y = box.x
box.x, box.y = box.y, 7
log.append([box.x, box.y])
setattr(box, "x", getattr(box, "x") + 1)
log.append(getattr(box, "x", None))
log.append(operator.attrgetter("x")(box))
log.append(vars(box)["x"])
log.append(box.__dict__["x"])
box.__dict__["x"] += 1
vars(box).update(x={me} + 5)
log.append(dict(vars(box)))
log.append(sorted(box.__dict__.items()))
log.append(f"{box.x}")
log.append(f"{box}")
log.append("%s" % box)
log.append("{0.x}".format(box))
log.append("{box.x}".format(box=box))
log.append(copy.copy(box).x)
match box:
    case Box(x=0):
        log.append("none yet")
    case Box(x=found):
        log.append(found)
log.append(hasattr(box, "late"))
box.late = {me}
if not hasattr(box, "late"):
    box.late = {me}
del box.x
log.append(box.double)
box.double = {me} + 5
box.add({me} + 1)
box.add(box.x)
functools.partial(box.add, 1)()
functools.partial(setattr, box, "x", 9)()
log.append(box.x == box.y)
log.append(box.x < 1 < box.y + 2)
weakref.proxy(box).x += 1
log.append(weakref.proxy(box).x)
weakref.ref(box)().x += 1
log.append(weakref.ref(box)().x)
log.append(string.Template("$x").substitute(vars(box)))
log.append([box.x for _ in range(2)])
log.append(sum(box.x for _ in range(2)))
log.append(sorted([2, 1], key=lambda n: n * (box.x or -1)))
log.append((lambda: box.x)())
log.append(object.__getattribute__(box, "x"))
object.__setattr__(box, "x", 4)
exec("box.x += 1", {"box": box})
log.append(eval("box.x", {"box": box}))
with box:
    log.append(box.x)
log.append(list(map(operator.attrgetter("x"), [box, box])))
assert box.x == 0, box.x
log.append(-box.x)
log.append(bool(box))
"""),
    module="""
class Box:
    def __init__(self):
        self.x = 0
        self.y = 0

    def add(self, n):
        self.x += n

    @property
    def double(self):
        return self.x * 2

    @double.setter
    def double(self, n):
        self.x = n // 2

    def __str__(self):
        return f"Box of {self.x}"

    def __bool__(self):
        return self.x > 0

    def __enter__(self):
        self.x += 1
        return self

    def __exit__(self, *error):
        self.x -= 1
""",
    setup="box = Box()",
    final="sorted(vars(box).items())",
)

SLOT = Thing(
    "slots",
    _words("""
slot.x += 1
log.append(slot.x)
if slot.x == 0:
    slot.x = {me} + 5
log.append(Slotted.x.__get__(slot))
Slotted.x.__set__(slot, {me} + 5)
log.append(operator.attrgetter("x")(slot))
log.append(getattr(slot, "x"))
setattr(slot, "x", {me} + 7)
log.append("{0.x}".format(slot))
log.append(copy.copy(slot).x)
del slot.x
log.append(hasattr(slot, "x"))
match slot:
    case Slotted(found):
        log.append(found)
type(slot).x.__set__(slot, type(slot).x.__get__(slot) + 1)
"""),
    module="""
class Slotted:
    __slots__ = ("x",)
    __match_args__ = ("x",)

    def __init__(self):
        self.x = 0
""",
    setup="slot = Slotted()",
    final='getattr(slot, "x", None)',
)

DESCRIBED = Thing(
    "descriptors",
    _words("""
seat.number += 1
log.append(seat.number)
if seat.number == 0:
    seat.number = {me} + 5
log.append(getattr(seat, "number"))
setattr(seat, "number", {me} + 5)
log.append(Seat.number.__get__(seat))
Seat.number.__set__(seat, {me} + 5)
log.append(vars(seat)["_number"])
log.append(Seat.number.reads)
log.append(operator.attrgetter("number")(seat))
"""),
    module="""
class Checked:
    reads = 0

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, thing, owner=None):
        if thing is None:
            return self
        self.reads += 1
        return thing.__dict__[self.name]

    def __set__(self, thing, value):
        if value < 0:
            raise ValueError(value)
        thing.__dict__[self.name] = value


class Seat:
    number = Checked()

    def __init__(self):
        self.number = 0
""",
    setup="seat = Seat()",
    final="[seat._number, Seat.number.reads]",
)

PAIR = Thing(
    "dataclasses",
    _words("""
pair.first += 1
pair.second = pair.first
log.append(pair == Pair(0, 0))
log.append(pair < Pair(0, 1))
log.append(repr(pair))
log.append(f"{pair}")
log.append(dataclasses.astuple(pair))
log.append(dataclasses.asdict(pair))
log.append(dataclasses.replace(pair, second=9).first)
pair.__init__({me} + 1, {me} + 1)
pair.first, pair.second = 4, 4
match pair:
    case Pair(0, second):
        log.append(second)
    case Pair(first, 0):
        log.append(-first)
log.append(copy.copy(pair).first)
"""),
    module="""
@dataclasses.dataclass(order=True)
class Pair:
    first: int = 0
    second: int = 0
""",
    setup="pair = Pair()",
    final="[pair.first, pair.second]",
)

CLASS = Thing(
    "class attributes",
    _words("""
Club.size += 1
log.append(Club.size)
log.append(member.size)
member.size = {me} + 5
member.size += 1
type(member).size += 1
log.append(getattr(Club, "size"))
setattr(Club, "size", {me} + 5)
log.append(vars(Club)["size"])
Club.join_it({me})
Club.members.append({me})
log.append(len(member.members))
log.append(Club.whole())
log.append(operator.attrgetter("size")(Club))
if Club.first is None:
    Club.first = member
    log.append("made")
Club.rename = lambda self: {me}
log.append(member.rename())
"""),
    module="""
class Club:
    size = 0
    first = None
    members = []

    def rename(self):
        return -1

    @classmethod
    def join_it(cls, who):
        cls.size += 1
        cls.members.append(who)

    @staticmethod
    def whole():
        return Club.size
""",
    setup="member = Club()",
    final="[Club.size, member.size, sorted(Club.members)]",
)

CLOSURE = Thing(
    "closure variables",
    _words("""
total += 1
total = total + 1
log.append(total)
if total == 0:
    total = {me} + 5
log.append((lambda: total)())
log.append([total for _ in range(2)])
log.append(sum(total for _ in range(2)))
log.append(f"{total}")
log.append(max([1, 2], key=lambda n: n * (total or -1)))
add_to_total({me} + 1)
log.append(list(map(add_to_total, [1])))
log.append(total_now())
total -= total
for total in (3, 4):
    log.append(total)
"""),
    setup="""
total = 0
def add_to_total(n):
    nonlocal total
    total += n
    return total
def total_now():
    return total
""",
    declared="nonlocal total",
    final="total",
)

GLOBAL = Thing(
    "global variables",
    _words("""
count += 1
log.append(count)
if count == 0:
    count = {me} + 5
globals()["count"] += 1
log.append(globals()["count"])
exec("count += 1", globals())
log.append(eval("count"))
log.append(f"{count}")
log.append(get_count())
set_count(get_count() + 1)
log.append(remember({me}))
log.append(len(remembered))
remembered.append({me})
log.append(remember.__defaults__)
"""),
    module="""
count = 0
remembered = []


def get_count():
    return count


def set_count(n):
    global count
    count = n


def remember(n, seen=remembered):
    seen.append(n)
    return list(seen)
""",
    declared="global count",
    final="[count, sorted(remembered)]",
)

LIST = Thing(
    "lists",
    _words("""
items.append({me} + 5)
items.insert(0, {me} + 5)
items.extend([8, 9])
items.extend(items)
items.pop()
log.append(items.pop(0))
items.remove(1)
items.clear()
items.sort()
items.reverse()
items.sort(key=lambda n: -n)
items.sort(key=order.__getitem__)
order[2] = -5
items[0] += 1
items[-1] = {me} + 7
items[:] = [7]
items[1:2] = []
del items[0]
log.append(items[0])
log.append(items[1:])
log.append(len(items))
log.append(1 in items)
log.append(items.index(2))
log.append(items.count(1))
log.append(list(items))
log.append(tuple(items))
log.append(set(items))
log.append(items[:])
log.append(items.copy())
log.append(copy.copy(items))
log.append(sorted(items))
log.append(sorted(items, key=lambda n: order[n]))
log.append(sum(items))
log.append(min(items))
log.append(max(items, default=0))
log.append(max(items, key=lambda n: order[n]))
log.append(any(items))
log.append(any(n == 2 for n in items))
log.append(all(n > 0 for n in items))
log.append(f"{items}")
log.append(str(items))
log.append("{}".format(items))
log.append("{0[0]}".format(items))
log.append("%s" % items)
log.append(" ".join(map(str, items)))
log.append(items == [3, 1, 2])
log.append(items < [3, 1, 3])
log.append(items + [0])
log.append(items * 2)
log.append(not items)
if items:
    items.pop()
if 9 not in items:
    items.append(9)
while items:
    log.append(items.pop())
for n in items:
    log.append(n)
for n in items:
    items.remove(n)
for i, n in enumerate(items):
    log.append((i, n))
for a, b in zip(items, "abc"):
    log.append(a)
for a, b in zip(items, items[1:]):
    log.append(a)
for n in map(str, items):
    log.append(n)
for n in map(lambda n: n * len(items), items):
    log.append(n)
for n in filter(None, items):
    log.append(n)
for n in filter(lambda n: n in items, [1, 3]):
    log.append(n)
for n in reversed(items):
    log.append(n)
for n in iter(items):
    log.append(n)
for i in range(len(items)):
    log.append(items[i])
for n in items[:]:
    log.append(n)
for n in sorted(items):
    log.append(n)
for n in itertools.chain(items, [0]):
    log.append(n)
for n in itertools.islice(items, 2):
    log.append(n)
for pair in itertools.pairwise(items):
    log.append(pair)
log.append(list(itertools.accumulate(items)))
log.append(list(itertools.takewhile(lambda n: n != 1, items)))
log.append([n * 2 for n in items])
log.append([n for n in items if n in items])
log.append({n: i for i, n in enumerate(items)})
log.append(list(n for n in items))
log.append([*items, 0])
log.append((lambda *all_: len(all_))(*items))
first, *rest = items; log.append(rest)
first, second, third = items; log.append(third)
match items:
    case [first, *rest]:
        log.append(first)
    case _:
        log.append("empty")
log.append(functools.reduce(operator.add, items, 0))
log.append(functools.reduce(lambda a, n: a + n + len(items), items, 0))
log.append(operator.itemgetter(0)(items))
log.append(bisect.bisect(items, 2))
bisect.insort(items, 2)
heapq.heapify(items)
heapq.heappush(items, 0)
log.append(heapq.heappop(items))
log.append(heapq.nsmallest(1, items))
exec("items.append(4)", {"items": items})
log.append(eval("len(items)", {"items": items}))
list(map(items.append, [4, 5]))
print(*items)
log.append(next(iter(items), None))
add_item = items.append; add_item({me})
functools.partial(items.append, {me})()
log.append(next((n for n in items if n != 3), None))
"""),
    setup="items = [3, 1, 2]; order = {n: n for n in range(20)}",
    final="items",
)

DICT = Thing(
    "dicts",
    _words("""
table["a"] += 1
table["c{me}"] = 1
table["c"] = {me}
del table["a"]
table.pop("a", None)
log.append(table.pop("b"))
table.popitem()
table.clear()
table.update(a=5)
table.update(c=5)
table.setdefault("c", {me})
if "c" not in table:
    table["c"] = {me}
if "a" in table:
    log.append(table["a"])
try:
    log.append(table["c"])
except KeyError:
    table["c"] = {me}
log.append(table["a"])
log.append(table.get("c"))
log.append(len(table))
log.append("c" in table)
log.append(list(table))
log.append(dict(table))
log.append(table.copy())
log.append(copy.copy(table))
log.append(sorted(table))
log.append(sorted(table.items()))
log.append(sorted(table, key=lambda k: table[k]))
log.append(sorted(table, key=table.get))
log.append(min(table, key=table.get))
log.append(sum(table.values()))
log.append(max(table.values()))
log.append(list(table.keys()))
log.append(list(table.values()))
log.append(len(table.items()))
log.append(f"{table}")
log.append(str(table))
log.append("%(a)s" % table)
log.append("{a}".format(**table))
log.append("{a}".format_map(table))
log.append("{0[a]}".format(table))
log.append(string.Template("$a").substitute(table))
log.append(string.Template("$a").safe_substitute(table))
log.append(table == {"a": 1, "b": 2})
log.append(table | {"z": 0})
log.append({**table})
log.append((lambda **named: len(named))(**table))
log.append(operator.itemgetter("a")(table))
log.append(next(iter(table)))
for k in table:
    log.append(k)
for k in table:
    log.append(table[k])
for k in table.keys():
    log.append(k)
for k, v in table.items():
    log.append(v)
for v in table.values():
    log.append(v)
for k in list(table):
    log.append(table.get(k))
for k in reversed(table):
    log.append(k)
for i, k in enumerate(table):
    log.append(k)
for k, n in zip(table, range(5)):
    log.append(k)
for k in map(str, table):
    log.append(k)
for k in filter(lambda k: table[k] > 1, table):
    log.append(k)
for k, v in pairs:
    log.append(v)
log.append(len(pairs))
log.append(("a", 1) in pairs)
log.append(sorted(pairs))
log.append(sorted(keys))
log.append(list(values))
log.append("c" in keys)
log.append(keys & {"a", "c"} == {"a"})
log.append(any(v > 1 for v in values))
log.append([k for k in table if table[k] > 1])
log.append({k: v for k, v in table.items()})
log.append({v: k for k, v in pairs})
log.append(sum(v for v in table.values()))
match table:
    case {"c": found}:
        log.append(found)
    case {"a": found, **rest}:
        log.append(rest)
exec("table['a'] += 1", {"table": table})
list(map(table.pop, ["a"]))
log.append(list(itertools.chain.from_iterable(table.items())))
log.append(collections.Counter(table)["a"])
"""),
    setup="""
table = {"a": 1, "b": 2}
pairs, keys, values = table.items(), table.keys(), table.values()
""",
    final="sorted(table.items())",
)

SET = Thing(
    "sets",
    _words("""
names.add({me} + 5)
names.add(3)
names.discard(1)
names.remove(2)
names.update([3, 4])
names.clear()
names.difference_update([1])
log.append(names.pop())
log.append(3 in names)
log.append(len(names))
log.append(sorted(names))
log.append(sorted(names | {0}))
log.append(sorted(names & {1, 3}))
log.append(names == {1, 2})
log.append(names <= {1, 2})
log.append(names.issubset({1, 2}))
log.append(sorted(names.union([0])))
log.append(sum(names))
log.append(frozenset(names) == frozenset({1, 2}))
for n in names:
    log.append(n)
for i, n in enumerate(names):
    log.append(n)
log.append([n for n in names])
log.append({n * 2 for n in names} == {2, 4})
if 3 not in names:
    names.add(3); log.append("mine")
log.append(all(n < 3 for n in names))
log.append(f"{names}")
"""),
    setup="names = {1, 2}",
    final="sorted(names)",
)

DEQUE = Thing(
    "deques",
    _words("""
line.append({me} + 5)
line.appendleft({me} + 5)
line.pop()
log.append(line.popleft())
line.extend([8, 9])
line.rotate(1)
line.clear()
line[0] += 1
log.append(len(line))
log.append(list(line))
log.append(line[0])
log.append(1 in line)
log.append(sum(line))
log.append(f"{line}")
for n in line:
    log.append(n)
for n in reversed(line):
    log.append(n)
while line:
    log.append(line.popleft())
if len(line) < 3:
    line.append({me})
log.append(line.count(1))
log.append([n for n in line])
log.append(list(itertools.islice(line, 1)))
last.append({me})
log.append(list(last))
"""),
    setup="line, last = deque([1, 2]), deque([0], maxlen=1)",
    final="[list(line), list(last)]",
)

COUNTER = Thing(
    "counters and their like",
    _words("""
tally["a"] += 1
tally["b"] += 1
tally.update("ab")
tally.subtract("a")
log.append(tally["a"])
log.append(tally.most_common(1))
log.append(tally.total())
log.append(sum(tally.values()))
log.append(sorted(tally.elements()))
for k, v in tally.items():
    log.append(v)
log.append(dict(tally + Counter("b")))
groups["a"].append({me})
log.append(len(groups["b"]))
log.append(sorted(groups))
for k in groups:
    log.append(k)
log.append("b" in groups)
ranked.move_to_end("a")
ranked["c"] = {me}
log.append(ranked.popitem(last=False))
log.append(list(ranked))
for k in ranked:
    log.append(k)
log.append(next(reversed(ranked)))
chain["a"] += 1
chain["b"] = {me}
log.append(chain["a"])
log.append(chain.get("b"))
log.append(len(chain))
log.append(sorted(chain))
below["b"] = {me} + 5
log.append(chain.new_child({"c": 1})["a"])
"""),
    setup="""
tally, groups = Counter("a"), defaultdict(list)
ranked, below = OrderedDict(a=1, b=2), {"a": 1}
chain = ChainMap({}, below)
""",
    final="[sorted(tally.items()), sorted(groups), list(ranked), sorted(chain.items())]",
)

GENERATOR = Thing(
    "generators",
    _words("""
log.append(next(numbers))
log.append(next(numbers, None))
for n in numbers:
    log.append(n)
for n in itertools.islice(numbers, 1):
    log.append(n)
numbers.close()
log.append(numbers.send(None))
log.append(list(numbers))
log.append(sum(numbers))
log.append(next(squares, None))
for n in squares:
    log.append(n)
log.append(max(squares, default=None))
source.append(4)
source.pop()
log.append(next(echo))
log.append(echo.send({me}))
log.append(list(zip(numbers, "ab")))
log.append(list(gentle))
log.append(next(gentle, None))
log.append(numbers.gi_frame is None)
log.append([n for n in numbers])
first, *rest = numbers; log.append(rest)
numbers.throw(KeyError)
log.append(any(n == 2 for n in numbers))
"""),
    module="""
def count_up(counted):
    for n in (1, 2, 3):
        counted.append(n)
        yield n


def echoing():
    said = None
    while True:
        said = yield said


def delegating(numbers):
    try:
        yield from numbers
    finally:
        numbers.append(0)
""",
    setup="""
counted, source = [], [1, 2, 3]
numbers, squares = count_up(counted), (n * n for n in source)
echo, gentle = echoing(), delegating(source)
next(echo)
""",
    final="[counted, source]",
)

ITERATOR = Thing(
    "iterators",
    _words("""
log.append(next(letters, None))
for letter in letters:
    log.append(letter)
log.append(next(places, None))
for i, letter in places:
    log.append(i)
log.append(next(zipped, None))
log.append(list(zipped))
log.append(next(mapped, None))
log.append(list(mapped))
log.append(next(filtered, None))
log.append(next(backward, None))
log.append(next(ticket))
log.append(next(chained, None))
log.append(list(chained))
log.append(list(itertools.islice(letters, 1)))
log.append("b" in letters)
log.append(max(letters, default=None))
log.append(next(turn))
log.append(next(pieces, None))
log.append(list(pieces))
seen.append({me})
base.append("d")
base.pop()
log.append(list(zip(letters, letters)))
log.append(letters.__length_hint__())
log.append(dict(places))
a = next(first_copy, None); log.append(a)
a = next(second_copy, None); log.append(a)
"""),
    setup="""
base, seen = ["a", "b", "c"], [0]
letters, places, zipped = iter(base), enumerate(base), zip(base, seen)
mapped = map(lambda letter: letter * len(seen), base)
filtered = filter(lambda letter: letter in base, "abc")
backward, ticket, chained = reversed(base), itertools.count(), itertools.chain(base, seen)
turn, pieces = itertools.cycle("xy"), itertools.islice(base, 2)
first_copy, second_copy = itertools.tee(base)
""",
    final="[base, seen]",
)

COMPARED = Thing(
    "comparison in Python",
    _words("""
log.append(Key(1) in places_of)
places_of[Key(1)] = {me} + 5
log.append(places_of.get(Key(1)))
log.append(Key(1) in keys_)
keys_.add(Key(3))
log.append(Key(2) in queue_)
queue_.append(Key(3))
log.append(queue_.index(Key(2)))
log.append(queue_.count(Key(1)))
queue_.remove(Key(2))
log.append(Key(1) == queue_[0])
queue_[0].n += 1
log.append(len(asked))
log.append([k.n for k in sorted(queue_)])
queue_.sort()
log.append(max(queue_).n)
heapq.heappush(queue_, Key(0))
log.append(queue_ == [Key(1), Key(2)])
log.append(f"{queue_}")
log.append(sum(queue_, Key(0)).n)
"""),
    module="""
asked = []


class Key:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        asked.append(self.n)
        return self.n == other.n

    def __hash__(self):
        return 7

    def __lt__(self, other):
        return self.n < other.n

    def __add__(self, other):
        return Key(self.n + other.n)

    def __repr__(self):
        return f"<{self.n}>"
""",
    setup="places_of, keys_, queue_ = {Key(1): 0}, {Key(1)}, [Key(1), Key(2)]",
    final="[len(places_of), len(keys_), [k.n for k in queue_], len(asked)]",
)

CACHED = Thing(
    "caches",
    _words("""
log.append(cached(1))
log.append(cached(2))
cached.cache_clear()
log.append(cached.cache_info().misses)
made.append({me})
log.append(lazy.value)
log.append("value" in vars(lazy))
if lazy.kept is None:
    lazy.kept = {me}; made.append("kept")
log.append(lazy.kept)
lazy.kept = None
"""),
    module="""
made = []


@functools.lru_cache
def cached(n):
    made.append(n)
    return len(made)


class Lazy:
    kept = None

    def __getattr__(self, name):
        if name != "value":
            raise AttributeError(name)
        made.append("value")
        self.value = len(made)
        return self.value
""",
    setup="lazy = Lazy()",
    final="[len(made), lazy.kept, cached.cache_info().currsize]",
)

BYTES = Thing(
    "bytes and text",
    _words("""
raw[0] += 1
window[0] = {me} + 7
log.append(window[0])
log.append(list(window))
log.append(bytes(raw) == b"ab")
log.append(window.tolist())
log.append(len(raw))
raw.append(1)
window.release()
log.append(raw[0])
for n in raw:
    log.append(n)
for n in window:
    log.append(n)
log.append(sum(raw))
raw[:1] = b"z"
log.append(bytes(window) == b"ab")
out.write("x")
print("line", file=out)
log.append(out.getvalue())
log.append(out.tell())
out.seek(0)
log.append(out.read())
words.write("{me}")
"""),
    setup="""
raw = bytearray(b"ab")
window, out, words = memoryview(raw), io.StringIO(), io.StringIO()
""",
    final="[list(raw), out.getvalue(), words.getvalue()]",
)

THREADS = Thing(
    "handles of threads",
    _words("""
helper.start()
helper.join()
log.append(helper.is_alive())
log.append(helper.ident is None)
log.append(helper.name)
helper.name = "h{me}"
helper.daemon = True
log.append(helper.daemon)
log.append(threads[0].is_alive())
log.append(threads[-1].is_alive())
log.append(threads[-1].ident is None)
threads[0].join()
threads[-1].join()
threads[0].join(0.001)
log.append([t.is_alive() for t in threads])
log.append(threading.active_count())
log.append(len(threading.enumerate()))
log.append(threading.current_thread().name)
log.append(sorted(t.name for t in threading.enumerate()))
threading.current_thread().name = "me{me}"
helped.append({me})
log.append(len(helped))
inner = threading.Thread(target=helped.append, args=({me},)); inner.start(); inner.join()
inner = threading.Thread(target=helped.append, args=({me},)); inner.start()
inner = threading.Thread(target=helped.append, args=({me},), daemon=True); inner.start()
log.append(threading.main_thread().is_alive())
log.append(helper in threading.enumerate())
"""),
    setup="""
helped = []
helper = threading.Thread(target=helped.append, args=("help",), name="helper")
""",
    final="[sorted(map(str, helped)), helper.is_alive()]",
)

TIMER = Thing(
    "timers and pools",
    _words("""
timer.start()
timer.cancel()
timer.join()
log.append(timer.is_alive())
log.append(len(rung))
rung.append({me})
soon = threading.Timer(0.001, rung.append, ["soon"]); soon.start(); soon.cancel()
time.sleep(0.001)
with ThreadPoolExecutor(1) as pool:
    log.append(pool.submit(len, rung).result())
with ThreadPoolExecutor(2) as pool:
    log.append(list(pool.map(str, rung)))
"""),
    setup="rung = []; timer = threading.Timer(0.001, rung.append, ['rung'])",
    final="sorted(map(str, rung))",
)

LOCKS = Thing(
    "locks",
    _words("""
with mutex:
    log.append(len(notes)); notes.append({me})
mutex.acquire()
mutex.release()
log.append(mutex.acquire(blocking=False))
log.append(mutex.acquire(timeout=0.001))
log.append(mutex.locked())
if not mutex.locked():
    notes.append({me})
try:
    mutex.acquire()
    notes.append({me})
finally:
    mutex.release()
with again:
    with again:
        notes.append({me})
again.acquire()
log.append(again.acquire(blocking=False))
with mutex, other:
    notes.append({me})
with other, mutex:
    notes.append({me})
notes.append({me})
log.append(list(notes))
"""),
    setup="""
notes, mutex, other = [], threading.Lock(), threading.Lock()
again = threading.RLock()
""",
    final="[sorted(notes), mutex.locked()]",
)

EVENTS = Thing(
    "events and conditions",
    _words("""
event.set()
event.clear()
log.append(event.is_set())
event.wait(); log.append(len(news))
log.append(event.wait(0.001))
if not event.is_set():
    event.set(); news.append({me})
with condition:
    news.append({me}); condition.notify()
with condition:
    condition.notify_all()
with condition:
    condition.wait(); log.append(len(news))
with condition:
    while not news:
        condition.wait()
    log.append(news.pop())
with condition:
    log.append(condition.wait_for(lambda: news, 0.001) != [])
news.append({me})
log.append(list(news))
"""),
    setup="news, event, condition = [], threading.Event(), threading.Condition()",
    final="[sorted(news), event.is_set()]",
)

QUEUES = Thing(
    "queues",
    _words("""
mail.put({me})
log.append(mail.get())
log.append(mail.get_nowait())
log.append(mail.empty())
log.append(mail.qsize())
if not mail.empty():
    log.append(mail.get())
mail.task_done()
mail.join()
small.put({me})
small.put_nowait({me})
log.append(small.get(timeout=0.001))
log.append(small.full())
simple.put({me})
log.append(simple.get())
log.append(simple.empty())
"""),
    setup="mail, small, simple = queue.Queue(), queue.Queue(1), queue.SimpleQueue()",
    final="[mail.qsize(), small.qsize(), simple.qsize()]",
)

PERMITS = Thing(
    "semaphores and barriers",
    _words("""
with permits:
    log.append(len(guests)); guests.append({me})
permits.acquire()
permits.release()
log.append(permits.acquire(blocking=False))
log.append(permits.acquire(timeout=0.001))
pair.acquire(); guests.append({me}); pair.release()
pair.release()
log.append(gate.wait() in (0, 1)); log.append(len(guests))
log.append(gate.n_waiting)
gate.abort()
log.append(gate.broken)
guests.append({me})
log.append(list(guests))
"""),
    setup="""
guests, permits, pair = [], threading.Semaphore(1), threading.BoundedSemaphore(2)
gate = threading.Barrier(2)
""",
    final="[sorted(guests), gate.broken]",
)

OFTEN = (BOX, CLOSURE, GLOBAL, LIST, DICT, LOCKS, EVENTS, QUEUES, PERMITS)
"""What learners use most."""
THINGS = (
    *OFTEN,
    *OFTEN,
    SLOT,
    DESCRIBED,
    PAIR,
    CLASS,
    SET,
    DEQUE,
    COUNTER,
    GENERATOR,
    ITERATOR,
    COMPARED,
    CACHED,
    BYTES,
    THREADS,
    TIMER,
)
