# built: a subclass of Thread with the target in an attribute; daemon threads; typed
from threading import Thread, current_thread


def work():
    print("I am working..")


class Witness(Thread):
    def run(self):
        self.ran_in = current_thread().name


class Worker(Thread):
    def __init__(self, target) -> None:
        super().__init__(daemon=True)
        self.work_to_do = target

    def run(self) -> None:
        self.work_to_do()


def start_workers(target, count: int) -> list[Thread]:
    if count < 0:
        raise ValueError(count)
    workers: list[Thread] = [Worker(target) for _ in range(count)]
    [worker.start() for worker in workers]
    return workers


class Announcer(Thread):
    def run(self):
        print("This is a thread")


def start_announcers(count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    announcers = [Announcer() for _ in range(count)]
    for announcer in announcers:
        announcer.start()
    return announcers


def run_and_start():
    first = Witness()
    first.run()
    second = Witness(name="started")
    second.start()
    second.join()
    return first.ran_in, second.ran_in
