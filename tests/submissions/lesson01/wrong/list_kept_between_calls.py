# task: 1; reason: should know nothing of an earlier one
from threading import Thread, current_thread


def work():
    print("I am working..")


class Witness(Thread):
    def run(self):
        self.ran_in = current_thread().name


def started(thread):
    thread.start()
    return thread


made = []


def start_workers(target, count):
    if count < 0:
        raise ValueError(f"count must not be negative: {count}")
    for _ in range(count):
        made.append(Thread(target=target))
        made[-1].start()
    return made[:count]


class Announcer(Thread):
    def __init__(self):
        Thread.__init__(self, target=self.announce)

    def announce(self):
        print("This is a thread", flush=True)


def start_announcers(count):
    if count < 0:
        raise ValueError(f"{count} is not a number of threads")
    return [started(Announcer()) for _ in range(count)]


def run_and_start():
    first = Witness()
    first.run()
    second = Witness(name="started")
    second.start()
    second.join()
    return first.ran_in, second.ran_in
