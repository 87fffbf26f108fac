"""The verbs of the command: ``students`` and ``instructors`` are the two doors.

They are apart, and are not imported here, so that a student's verb starts at once.
"""
