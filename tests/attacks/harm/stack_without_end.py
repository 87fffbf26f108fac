"""The stack of the process is used up."""

# told: without an end|SIGSEGV|RecursionError|very many steps
import sys

sys.setrecursionlimit(10**8)


def double(number):
    return double(number)
