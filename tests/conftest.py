"""What all tests share: English, whatever the system of the person who runs them speaks."""

import os

from threadlings import language

os.environ[language.VARIABLE] = "en"
language.choose("en")
