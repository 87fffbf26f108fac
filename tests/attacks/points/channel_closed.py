"""Every descriptor is closed, the private channel with them."""

# told: the code ended the process with exit status 0|the process was ended by signal SIGKILL
import os

os.closerange(0, 4096)


class Counter:
    n = 2
