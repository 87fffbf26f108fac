"""A few hundred processes that ignore signals and have left their family; not endless, so that
a grader that fails here does not take the machine with it."""

# told: the code computed|raised|ended|waits|process|Error
import os
import signal

for _ in range(150):
    if os.fork() == 0:
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if os.fork():
            os._exit(0)
        while True:
            signal.pause()
raise RuntimeError("process 150")
