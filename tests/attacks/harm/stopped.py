"""The process stops itself, and so never answers."""

# told: not done after
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
