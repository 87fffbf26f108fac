"""Three philosophers and three forks: all left first, and the lower fork first."""

import threading


class Table:
    def __init__(self):
        self.forks = [threading.Lock() for _ in range(3)]
        self.meals = [0, 0, 0]


def eat(table, number, first, second):
    with table.forks[first]:  # noqa: SIM117 - one fork after the other
        with table.forks[second]:
            table.meals[number] += 1


def first_left(table):
    eat(table, 0, 0, 1)


def second_left(table):
    eat(table, 1, 1, 2)


def third_left(table):
    eat(table, 2, 2, 0)


def third_lower(table):
    eat(table, 2, 0, 2)


def have_all_eaten(table):
    return table.meals == [1, 1, 1]
