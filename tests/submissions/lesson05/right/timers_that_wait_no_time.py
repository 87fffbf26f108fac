# built: Timer(0, ...) for Thread; results as attributes of the threads; for/else
import threading


def run_all(tasks):
    def body(task):
        me = threading.current_thread()
        try:
            me.result = task()
        except Exception as error:
            me.error = error

    timers = []
    for task in tasks:
        timer = threading.Timer(0, body, [task])
        timer.error = timer.result = None
        timer.start()
        timers.append(timer)
    while any(timer.join() for timer in timers):
        pass
    for timer in timers:
        if timer.error is not None:
            raise timer.error
    else:
        return [timer.result for timer in timers]


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    timers = threading.Timer(0, work), threading.Timer(0, sleep)
    for timer in timers:
        timer.start()
    for timer in timers:
        timer.join()
    report("main thread finished")
