"""Programs in which something written in C reads, at the same time, what another thread writes.

Each can end in two ways, and a search has to see both.
"""

import bisect
import collections
import heapq
import math
import operator
import threading


class Counter:
    """An object with a number."""

    def __init__(self, number):
        self.number = number


def together(first, second):
    """Run two functions in a thread each."""
    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def race(shared, change, look):
    """Return what ``look`` makes of ``shared`` while another thread changes it."""
    seen = []
    together(lambda: change(shared), lambda: seen.append(look(shared)))
    return repr(seen)


def grow(shared):
    shared.append(9)


def slice_is_replaced():
    out = [0]

    def look(shared):
        out[:] = shared
        return len(out)

    return race([1], grow, look)


def zip_is_used_up():
    shared = [1]
    pairs = zip(shared, [1, 2, 3], strict=False)
    return race(shared, grow, lambda shared: list(pairs))


def names_are_compared():
    first, second = Counter(0), Counter(1)

    def change(shared):
        first.number = 5

    key = operator.attrgetter("number")
    return race([first, second], change, lambda both: sorted(both, key=key)[0] is first)


def map_of_a_function_in_c():
    return race([1], grow, lambda shared: list(map(len, [shared])))


def text_is_formatted():
    return race([1], grow, lambda shared: "%s".__mod__((shared,)))


def set_in_a_set():
    known = {frozenset([1])}
    return race({1}, lambda shared: shared.add(2), lambda shared: shared in known)


def item_of_a_heap():
    heap = [[3]]

    def change(shared):
        shared[0] = 9

    def look(shared):
        heapq.heappush(heap, shared)
        return heap[0] is shared

    return race([1], change, look)


def place_of_an_item():
    def change(shared):
        shared[0] = 9

    return race([1], change, lambda shared: bisect.bisect([[3]], shared))


def numbers_are_added_up():
    return race([1], grow, math.fsum)


def dict_with_an_order_is_shown():
    shared = [1]
    names = collections.OrderedDict(a=shared)
    return race(shared, grow, lambda shared: repr(names))


def equal_items_are_counted():
    return race([1], lambda shared: shared.append(2), [[1, 2]].count)


def pairs_become_a_dict():
    def change(shared):
        shared[1] = 2

    return race(["a", 1], change, lambda shared: dict([shared]))


def bytes_become_a_number():
    def change(shared):
        shared[0] = 50

    return race(bytearray(b"1"), change, int)


def letters_are_translated():
    def change(shared):
        shared[97] = "c"

    return race({97: "b"}, change, "a".translate)


def numbered_items_of_a_bag():
    class Bag:
        def __init__(self):
            self.items = [1]

        def __iter__(self):
            return iter(self.items)

    bag = Bag()
    return race(bag.items, grow, lambda shared: [item for _place, item in enumerate(bag)])


PROGRAMS = [
    slice_is_replaced,
    zip_is_used_up,
    names_are_compared,
    map_of_a_function_in_c,
    text_is_formatted,
    set_in_a_set,
    item_of_a_heap,
    place_of_an_item,
    numbers_are_added_up,
    dict_with_an_order_is_shown,
    equal_items_are_counted,
    pairs_become_a_dict,
    bytes_become_a_number,
    letters_are_translated,
    numbered_items_of_a_bag,
]
