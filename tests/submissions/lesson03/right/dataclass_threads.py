# built: threads in a dataclass with a field for the note
import threading
from collections.abc import Callable
from threading import Thread
from dataclasses import dataclass

def report() -> None:
    print(f'{threading.current_thread().name} : I am working..')

def start_named(target: Callable[[], object], names: list[str | None]) -> list[Thread]:
    threads = [Thread(target=target, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads

def names_in_use() -> set[str]:
    return {thread.name for thread in threading.enumerate()}

@dataclass
class Noting:
    name: str | None
    note: str = ''

    def begin(self):
        self.thread = Thread(target=self.write, name=self.name)
        self.thread.start()
        return self

    def write(self):
        self.note = threading.current_thread().name

    def end(self):
        self.thread.join()
        return self.note

def who_worked(names):
    return [each.end() for each in [Noting(name).begin() for name in names]]
