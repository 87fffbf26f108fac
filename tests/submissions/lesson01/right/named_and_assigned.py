# built: own names, run assigned to the class, a lambda around the target
from threading import Thread, current_thread


def work():
    print("I am working..")


class Witness(Thread):
    def run(self):
        self.ran_in = current_thread().name


def start_workers(target, count):
    if not count >= 0:
        raise ValueError("count=%d" % count)
    pool = [Thread(name=f"worker {count - i}", target=lambda: target()) for i in range(count)]
    for member in pool:
        member.start()
    return pool


def announce(self):
    import sys

    sys.stdout.write("This is a thread\n")


class Announcer(Thread):
    run = announce


start_announcers = lambda count: start_all(count)


def start_all(count):
    if count < 0:
        raise ValueError(f"count: {count}")
    group = []
    while len(group) < count:
        group.append(Announcer())
        group[-1].start()
    return group


def run_and_start():
    started = Witness()
    started.name = "started"
    started.start()
    called = Witness()
    called.run()
    while started.is_alive():
        started.join(0.1)
    return (called.ran_in, started.ran_in)
