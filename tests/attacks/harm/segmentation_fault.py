"""Python itself is brought down."""

# told: ended by signal SIGSEGV
import ctypes


def double(number):
    return ctypes.string_at(0)
