"""What a program can use that cannot be watched: a search of it proves nothing."""

from __future__ import annotations

from ..library import STARTED_BY_TWO

UNWATCHABLE = {
    "_ctypes": "ctypes",
    "mmap": "mmap",
    "_socket": "a socket",
    "select": "select",
    "_ssl": "a socket",
    "_posixsubprocess": "another process",
    "_winapi": "another process",
    "_multiprocessing": "another process",
    "_posixshmem": "shared memory",
    "fcntl": "fcntl",
    "_interpreters": "another interpreter",
    "_interpqueues": "another interpreter",
    "_interpchannels": "another interpreter",
    "_xxsubinterpreters": "another interpreter",
    "_tkinter": "a window",
    "_curses": "the terminal",
    "gc": "gc",
}
"""Modules in C whose state is in no object, or changes from outside; and what to call it."""
UNWATCHABLE_FUNCTIONS = {
    "sys": ("settrace", "setprofile", "gettrace", "getprofile", "_settraceallthreads",
            "_setprofileallthreads", "_getframe", "_current_frames", "call_tracing",
            "addaudithook", "set_int_max_str_digits"),
    "inspect": ("currentframe", "stack", "trace", "getouterframes", "getinnerframes"),
    "_csv": ("field_size_limit",),
    "_codecs": ("register", "unregister", "register_error"),
    "_locale": ("setlocale",),
    "posix": ("fork", "forkpty", "_exit", "kill", "abort", "posix_spawn", "posix_spawnp", "execv"),
    "nt": ("_exit", "kill", "abort", "spawnv"),
    "time": ("tzset", "clock_settime", "clock_settime_ns"),
    "_thread": ("start_new_thread", "start_joinable_thread", "start_new", "allocate_lock"),
    "_signal": ("signal", "setitimer", "alarm", "pthread_kill", "raise_signal"),
}  # fmt: skip
"""Functions, by module, that do what cannot be watched."""
MADE_BEFORE = "threads or locks made before the program began"
CHANGED_LIBRARY = "a library that it changes"
CHANGED_FUNCTION = "a function that it changes"
CHANGED_METHOD = "a special method that it changes"
WEAK_REFERENCES = "weak references"
UNKNOWN_NAMES = "the attributes of an object that is not known"
INSIDE = "what is inside a lock, queue or thread"
REGISTERED = "classes that it registers while threads run"
FRAMES = "frames of functions that run"
FRAME_ATTRIBUTES = frozenset(
    ["f_builtins", "f_globals", "f_locals", "gi_frame", "cr_frame", "ag_frame", "tb_frame"]
)
"""Attributes by which a program comes to the variables of functions that run, or is at them."""
MOCKS = "unittest.mock"
SUBCLASSES_OF_ALL = "object.__subclasses__"
PHRASES = frozenset(
    [
        MADE_BEFORE,
        CHANGED_LIBRARY,
        CHANGED_FUNCTION,
        CHANGED_METHOD,
        WEAK_REFERENCES,
        UNKNOWN_NAMES,
        FRAMES,
        INSIDE,
        REGISTERED,
        STARTED_BY_TWO,
    ]
) | {name for name in UNWATCHABLE.values() if " " in name}
"""What cannot be watched and has no name of Python's own: to be translated."""
FILE_FUNCTIONS = ("posix", "nt", "_io", "io")
"""Modules whose other functions read or write files, which all files stand for."""
