"""A letter handed over with an Event and with a Condition, rightly and wrongly."""

import threading


class Box:
    def __init__(self):
        self.letter = None
        self.received = None
        self.filled = threading.Event()
        self.changed = threading.Condition()


def send_and_set(box):
    box.letter = "letter"
    box.filled.set()


def set_and_send(box):
    box.filled.set()
    box.letter = "letter"


def receive_when_set(box):
    box.filled.wait()
    box.received = box.letter


def send_and_notify(box):
    with box.changed:
        box.letter = "letter"
        box.changed.notify()


def receive_when_there(box):
    with box.changed:
        while box.letter is None:
            box.changed.wait()
        box.received = box.letter


def receive_when_notified(box):
    with box.changed:
        box.changed.wait()
        box.received = box.letter


def is_received(box):
    return box.received == "letter"
