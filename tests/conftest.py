"""What all tests share: English, the commands, and Ctrl-C, whatever the shell has."""

import os
import signal
import sys
from pathlib import Path

from threadlings import language

os.environ[language.VARIABLE] = "en"
language.choose("en")
# As where the environment was activated: a command is called by its name then.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what runs in its background ignore it; so would all that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
