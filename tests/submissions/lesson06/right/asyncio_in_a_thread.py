# built: an asyncio loop in the worker thread, asyncio.Event and wait_for
import asyncio
from threading import Event, Thread


def wait_for_signal(event, log):
    log.append("wait for the event")
    event_set = event.wait()
    log.append(f"event set : {event_set}")


def wait_briefly(event, seconds):
    if event.wait(seconds):
        return "set"
    return "timeout"


def start_gate(runners):
    gate = Event()

    def run(runner):
        gate.wait()
        runner()

    threads = [Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    return threads, gate


class PausableWorker:
    def __init__(self, step, interval_s):
        self.step = step
        self.interval_s = interval_s
        self.thread = Thread(target=lambda: asyncio.run(self.main()))
        self.ready = Event()

    def start(self):
        self.thread.start()
        self.ready.wait()

    def pause(self):
        self.loop.call_soon_threadsafe(self.going.clear)

    def resume(self):
        self.loop.call_soon_threadsafe(self.going.set)

    def stop(self):
        if self.thread.is_alive():
            try:
                self.loop.call_soon_threadsafe(self.end)
            except RuntimeError:  # The loop has ended meanwhile.
                pass
        self.thread.join()

    def end(self):
        self.ending.set()
        self.going.set()

    async def main(self):
        self.loop = asyncio.get_running_loop()
        self.going, self.ending = asyncio.Event(), asyncio.Event()
        self.going.set()
        self.ready.set()
        number = 0
        while True:
            await self.going.wait()
            if self.ending.is_set():
                return
            self.step(number)
            number += 1
            try:
                await asyncio.wait_for(self.ending.wait(), self.interval_s)
                return
            except TimeoutError:
                pass
