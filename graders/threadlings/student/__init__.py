"""The command that a student uses: where you are, what is next, check, hint, watch, replay.

``threadlings`` alone has to answer at once, so nothing here imports pytest, the engine or a
network library when it is imported; what a verb needs beyond the standard library it imports
itself.
"""
