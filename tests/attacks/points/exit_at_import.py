"""The process ends well when the file is imported."""

# told: the code ended the process with exit status 0
import os

os._exit(0)
