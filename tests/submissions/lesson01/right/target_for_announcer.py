# built: Announcer hands its method to Thread as target; map and a helper that starts
from threading import Thread, current_thread


def work():
    print("I am working..")


class Witness(Thread):
    def run(self):
        self.ran_in = current_thread().name


def started(thread):
    thread.start()
    return thread


def start_workers(target, count):
    if count < 0:
        raise ValueError(f"{count} is not a number of threads")
    return list(map(started, (Thread(None, target) for _ in range(count))))


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
