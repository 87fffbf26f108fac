"""What all tests share: English, and Ctrl-C, whatever the system or the shell has."""

import os
import signal

from threadlings import language

os.environ[language.VARIABLE] = "en"
language.choose("en")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what runs in its background ignore it; so would all that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
