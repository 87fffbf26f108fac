# built: recursion: start the first, do the rest, join the first; a helper thread and an Event
from threading import Event, Thread


def run_all(tasks):
    endings = []

    def go(rest):
        if not rest:
            return
        ending = {}
        endings.append(ending)

        def run():
            try:
                ending["value"] = rest[0]()
            except Exception as error:
                ending["error"] = error

        thread = Thread(target=run)
        thread.start()
        go(rest[1:])
        thread.join()

    go(list(tasks))
    for ending in endings:
        if "error" in ending:
            raise ending["error"]
    return [ending["value"] for ending in endings]


def wait_at_most(thread, seconds):
    ended = Event()

    def watch():
        thread.join()
        ended.set()

    Thread(target=watch, daemon=True).start()
    ended.wait(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    ended = [Event(), Event()]
    for function, event in zip((work, sleep), ended):
        Thread(target=lambda f=function, e=event: (f(), e.set())).start()
    for event in ended:
        event.wait()
    report("main thread finished")
