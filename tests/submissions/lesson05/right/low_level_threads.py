# built: _thread.start_new_thread, and a lock for each task that its thread releases at the end
import _thread
from threading import Thread


def _begin(function, note):
    done = _thread.allocate_lock()
    done.acquire()

    def body():
        try:
            note(function(), None)
        except Exception as error:
            note(None, error)
        finally:
            done.release()

    _thread.start_new_thread(body, ())
    return done


def run_all(tasks):
    endings = [None] * len(tasks)

    def noted_at(place):
        def note(value, error):
            endings[place] = value, error

        return note

    locks = [_begin(task, noted_at(place)) for place, task in enumerate(tasks)]
    for lock in locks:
        lock.acquire()
    for _value, error in endings:
        if error is not None:
            raise error
    return [value for value, _error in endings]


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    for lock in [_begin(function, lambda value, error: None) for function in (work, sleep)]:
        with lock:
            pass
    report("main thread finished")
