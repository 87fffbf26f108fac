"""What counts as a step: one thread does something, the other looks; both orders are seen."""

import pytest

from threadlings.engine import load, search, simulate

SOURCE = """
import bisect, collections, copy, functools, heapq, itertools, json, operator, threading, types


def count(*items, **names):
    return len(items), len(names)


class Slots:
    __slots__ = ("x",)

    def __init__(self):
        self.x = 0


class Property:
    _x = 0

    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value


class Shared:
    total = 0

    def __init__(self):
        self.x = 0

    def __call__(self):
        self.x += 1

    def __enter__(self):
        self.x += 1

    def __exit__(self, *_error):
        pass

    def __iadd__(self, number):
        self.x = self.x + number
        return self

    def __getitem__(self, key):
        return self.x

    def __setitem__(self, key, value):
        self.x = value

    @classmethod
    def count(cls):
        cls.total += 1


class List(list):
    def put(self, item):
        super().append(item)

    def put_with_names(self, item):
        super(List, self).append(item)

    def put_later(self, item):
        above = super()
        above.append(item)

    def take(self, items):
        super().extend(items)


class Below(Shared):
    def __setattr__(self, name, value):
        super().__setattr__(name, value)

    def above(self):
        return super().total


g = 0


def program():
    global g
    g, n, seen = 0, 0, []
    Shared.total = 0
    l, s, d, b = [1, 2], {{1}}, {{"a": 1}}, bytearray(b"a")
    deque, counted = collections.deque([1]), collections.Counter()
    default, space = collections.defaultdict(list), types.SimpleNamespace(x=0)
    mine, o, slots, prop, below = List([1]), Shared(), Slots(), Property(), Below()
    iterator, numbers = iter([1, 2, 3]), itertools.count()
    put, bound = l.append, functools.partial(l.append, 9)

    def first():
        nonlocal n, o
        global g
        {first}

    def second():
        nonlocal n, o
        global g
        {second}

    threads = [threading.Thread(target=body) for body in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {result}
"""


def values(tmp_path, first, second, result):
    path = tmp_path / "steps.py"
    path.write_text(SOURCE.format(first=first, second=second, result=result))
    lesson = load(path)
    seen = search(lambda: lesson.program())
    assert seen.is_complete
    assert {outcome.kind for outcome in seen.outcomes} == {"value"}
    return seen.values


@pytest.mark.parametrize(
    ("update", "result"),
    [
        ("o.x += 1", "o.x"),
        ("slots.x += 1", "slots.x"),
        ("prop.x += 1", "prop.x"),
        ("space.x += 1", "space.x"),
        ("o()", "o.x"),
        ("o += 1", "o.x"),
        ("o[0] += 1", "o.x"),
        ("with o: pass", "o.x"),
        ("Shared.count()", "Shared.total"),
        ("n += 1", "n"),
        ("g += 1", "g"),
        ("globals()['g'] += 1", "g"),
        ("l[0] += 1", "l[0] - 1"),
        ("l[-1] += 1", "l[-1] - 2"),
        ("mine[0] += 1", "mine[0] - 1"),
        ("d['a'] += 1", "d['a'] - 1"),
        ("d['a'] = d.get('a') + 1", "d['a'] - 1"),
        ("d.update(a=d['a'] + 1)", "d['a'] - 1"),
        ("counted['k'] += 1", "counted['k']"),
        ("default['k'] = default['k'] + [1]", "len(default['k'])"),
        ("deque[0] += 1", "deque[0] - 1"),
        ("vars(o)['x'] += 1", "o.x"),
        ("setattr(o, 'x', getattr(o, 'x') + 1)", "o.x"),
        ("o.__setattr__('x', o.x + 1)", "o.x"),
        ("object.__setattr__(o, 'x', o.x + 1)", "o.x"),
        ("operator.setitem(l, 0, l[0] + 1)", "l[0] - 1"),
        ("below.x += 1", "below.x"),
        ("o.x = [o.x + 1 for _ in 'a'][0]", "o.x"),
        ("o.x = (lambda value: value + 1)(o.x)", "o.x"),
        ("o.x = int(f'{o.x}') + 1", "o.x"),
        ("o.x, o.y = o.x + 1, 0", "o.x"),
    ],
)
def test_update_can_be_lost(tmp_path, update, result):
    assert sorted(values(tmp_path, update, update, result)) == [1, 2]


@pytest.mark.parametrize(
    ("change", "look"),
    [
        *[
            ("l.append(3)", look)
            for look in (
                *("len(l)", "list(l)", "l[:]", "sum(l)", "3 in l", "str(l)", "f'{l}'", "f'{l!r}'"),
                *("l == [1, 2]", "l + []", "[*l]", "[x for x in l]", "json.dumps(l)"),
                *("copy.copy(l)", "list(map(str, l))", "list(zip(l, l))", "list(reversed(l))"),
                *("len(list(enumerate(l)))", "functools.reduce(operator.add, l)"),
                *(
                    "operator.itemgetter(-1)(l)",
                    "len(collections.deque(l))",
                    "min(l, key=len(l).__sub__)",
                ),
            )
        ],
        *[
            ("l.clear()", look)
            for look in (
                "bool(l)",
                "1 if l else 0",
                "not l",
                "len(l and l)",
                "[1 for _ in 'a' if l]",
            )
        ],
        *[
            (change, "l[0]")
            for change in (
                *(
                    "l.insert(0, 7)",
                    "del l[0]",
                    "l[0:1] = [5]",
                    "l.reverse()",
                    "heapq.heappush(l, 0)",
                ),
                "bisect.insort(l, 0)",
            )
        ],
        ("l.extend([3])", "l[-1]"),
        ("l.append(3)", "count(*l)"),
        ("d.update(c=3)", "count(**d)"),
        ("put(3)", "len(l)"),
        ("bound()", "len(l)"),
        ("list(map(l.append, [3]))", "len(l)"),
        ("s.add(2)", "2 in s"),
        ("s.add(2)", "len(s | set())"),
        ("s.add(2)", "{2} <= s"),
        ("d['b'] = 2", "'b' in d"),
        ("d['b'] = 2", "sorted(d)"),
        ("d['b'] = 2", "list(d.items())"),
        ("d['b'] = 2", "{**d}"),
        ("d.pop('a')", "d.get('a', 0)"),
        ("default['k'].append(1)", "len(default)"),
        ("deque.appendleft(0)", "deque[0]"),
        ("b.append(1)", "len(b)"),
        ("o.new = 1", "hasattr(o, 'new')"),
        ("del o.x", "hasattr(o, 'x')"),
        ("Shared.total = 5", "o.total"),
        ("Shared.total = 5", "below.above()"),
        ("mine.put(3)", "len(mine)"),
        ("mine.put_with_names(3)", "len(mine)"),
        ("mine.put_later(3)", "len(mine)"),
        ("mine.take([3])", "len(mine)"),
        ("l.append(3)", "mine.take(l) or len(mine)"),
        ("slots.x = 5", "slots.x"),
        ("threads[0].name = 'new'", "threads[0].name"),
        ("threading.current_thread().name = 'new'", "threads[0].name"),
        ("n = 4", "n"),
        ("g = 4", "g"),
        ("next(iterator)", "next(iterator)"),
        ("next(numbers)", "next(numbers)"),
    ],
)
def test_change_is_seen_or_not_yet(tmp_path, change, look):
    assert len(values(tmp_path, change, f"seen.append({look})", "seen[0]")) == 2


def test_iterator_is_shared_item_by_item(tmp_path):
    seen = values(tmp_path, "[x for x in iterator]", "seen.append(len(list(iterator)))", "seen[0]")
    assert sorted(seen) == [0, 1, 2, 3]


def test_steps_of_equal_code_are_in_the_file_of_each(tmp_path):
    def steps_in(name):
        path = tmp_path / name
        path.write_text("class Box:\n    def add(self):\n        self.n = 1\n")
        lesson = load(path)

        def program():
            lesson.Box().add()

        run = simulate(program, keep_steps=True)
        return {step.place.file for step in run.steps if step.what == "n"}

    assert [steps_in("first.py"), steps_in("second.py")] == [{"first.py"}, {"second.py"}]


def test_list_is_empty_while_it_is_sorted(tmp_path):
    path = tmp_path / "steps.py"
    sort, look = "l.sort(key=lambda number: -number)", "seen.append(list(l))"
    path.write_text(SOURCE.format(first=sort, second=look, result="seen"))
    lesson = load(path)
    assert sorted(search(lambda: lesson.program()).values) == [[[]], [[1, 2]], [[2, 1]]]
