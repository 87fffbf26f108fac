"""Items taken from a Queue: by threads that look first, and by daemon workers."""

import queue
import threading


class Items:
    def __init__(self, number):
        self.queue = queue.Queue()
        self.taken = []
        for item in range(number):
            self.queue.put(item)


def two_items():
    return Items(2)


def three_items():
    return Items(3)


def no_items():
    return Items(0)


def take_while_not_empty(items):
    while not items.queue.empty():
        items.taken.append(items.queue.get())


def are_two_taken(items):
    return sorted(items.taken) == [0, 1]


def are_three_taken(items):
    return sorted(items.taken) == [0, 1, 2]


def work_for_ever(items):
    while True:
        item = items.queue.get()
        items.taken.append(item)
        items.queue.task_done()


def three_daemons(items):
    for _ in range(3):
        threading.Thread(target=work_for_ever, args=(items,), daemon=True).start()
    for item in range(6):
        items.queue.put(item)
    items.queue.join()


def are_six_taken(items):
    return sorted(items.taken) == [0, 1, 2, 3, 4, 5]
