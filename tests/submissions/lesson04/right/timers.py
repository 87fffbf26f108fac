# built: a Timer of 0 s for a thread; errors in the target caught and printed; isinstance checks
import threading
import traceback


def _guarded(target):
    def run():
        try:
            target()
        except Exception:
            traceback.print_exc()

    return run


def _timer(target, daemon):
    if not callable(target):
        raise TypeError(f"not callable: {target!r}")
    timer = threading.Timer(0, _guarded(target))
    timer.daemon = daemon
    timer.start()
    return timer


def start_background(target):
    return _timer(target, daemon=True)


def start_foreground(target):
    return _timer(target, daemon=False)


LINES_IF_DAEMON = 1
LINES_IF_NOT_DAEMON = 10


def stop_within(thread, seconds):
    if seconds < 0:
        raise ValueError(f"seconds must be 0 or more, not {seconds}")
    thread.join(seconds)
    return not thread.is_alive()
