"""Every signal to its own process group."""

# told: ended by signal SIGKILL
import os
import signal

os.kill(0, signal.SIGKILL)
