# task: 2; reason: threads: 3; started: 0
from threading import Thread, current_thread


def work():
    print("I am working..")


class Witness(Thread):
    def run(self):
        self.ran_in = current_thread().name


def start_workers(target, count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    threads = [Thread(target=target) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


class Announcer(Thread):
    def run(self):
        print("This is a thread")


def start_announcers(count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    announcers = [Announcer() for _ in range(count)]
    for announcer in announcers:
        announcer.run()
    return announcers


def run_and_start():
    first = Witness()
    first.run()
    second = Witness(name="started")
    second.start()
    second.join()
    return first.ran_in, second.ran_in
