"""Two accounts, a lock for each; and one seat, sold by whoever finds it free."""

import threading


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()


class Bank:
    def __init__(self):
        self.first = Account(10)
        self.second = Account(10)


def transfer(source, target):
    with source.lock:  # noqa: SIM117 - one lock after the other, as a student writes it
        with target.lock:
            source.balance -= 1
            target.balance += 1


def forwards(bank):
    transfer(bank.first, bank.second)


def backwards(bank):
    transfer(bank.second, bank.first)


def is_balanced(bank):
    return (bank.first.balance, bank.second.balance) == (10, 10)


class Theatre:
    def __init__(self):
        self.seats = 1
        self.sold = []


def sell(theatre):
    if theatre.seats > 0:
        theatre.seats -= 1
        theatre.sold.append("ticket")


def is_sold_once(theatre):
    return len(theatre.sold) == 1
