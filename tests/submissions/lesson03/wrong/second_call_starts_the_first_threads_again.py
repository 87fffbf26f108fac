# task: 2; reason: should know nothing of an earlier one
import threading
from threading import Barrier, Lock, Thread, get_ident


_shared = []


class _Report:

    def __call__(self):
        name = threading.current_thread().name
        print('reporting...')
        print(name + ' : I am working..')


class _StartNamed:

    def __call__(self, target, names):
        threads = _shared
        for name in names:
            keywords = {} if name is None else {'name': name}
            threads.append(Thread(target=target, **keywords))
        for thread in threads:
            thread.start()
        return threads


class _WhoWorked:

    def __call__(self, names):
        lock, notes, done = (Lock(), {}, Barrier(len(names) + 1))

        def note():
            with lock:
                notes[get_ident()] = threading.current_thread().name
            done.wait()
        threads = [Thread(target=note, name=name) for name in names]
        for thread in threads:
            thread.start()
        idents = [thread.ident for thread in threads]
        done.wait()
        return [notes[ident] for ident in idents]


class _NamesInUse:

    def __call__(self):
        return {t.name for t in threading.enumerate() if t.is_alive()}


report = _Report()


start_named = _StartNamed()


who_worked = _WhoWorked()


names_in_use = _NamesInUse()
