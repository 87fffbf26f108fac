"""A debugger's trace function throws away whatever would end the loop."""

# told: without an end|very many steps|does not end|goes round
import sys


def tracer(frame, event, argument):
    return tracer


def double(number):
    sys.settrace(tracer)
    n = 0
    while True:
        try:
            n += 1
        except BaseException:
            sys.settrace(tracer)
