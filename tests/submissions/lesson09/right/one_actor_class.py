# built: an actor with a mailbox; process_all and fan are made of actors; a demo under main
import threading
from queue import Empty, Queue


def drain(queue):
    """Take all."""
    result = []
    while True:
        try:
            item = queue.get_nowait()
            result.append(item)
            queue.task_done()
        except Empty:
            return result


class Actor:
    stop = object()

    def __init__(self, mailbox, react):
        self.mailbox, self.react, self.errors = mailbox, react, []
        self.thread = threading.Thread(target=self.loop, name="actor")

    def start(self):
        self.thread.start()
        return self

    def loop(self):
        while True:
            letter = self.mailbox.get()
            if letter is self.stop:
                break
            try:
                self.react(letter)
            except Exception as error:
                self.errors.append((letter, error))

    def end(self):
        self.mailbox.put(self.stop)

    def wait(self):
        self.thread.join()
        return self.errors


def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f"process_all needs a worker, not {workers}")
    mailbox, results = Queue(), [None] * len(items)

    def react(place):
        results[place] = handle(items[place])

    actors = [Actor(mailbox, react).start() for _ in range(workers)]
    for place, _ in enumerate(items):
        mailbox.put(place)
    for actor in actors:
        actor.end()
    errors = dict(sum((actor.wait() for actor in actors), []))
    if errors:
        raise errors[min(errors)]
    return results


def fan(sources, consume, consumers, maxsize):
    for number in [consumers, maxsize]:
        if number < 1:
            raise ValueError(f"fan cannot work with {number}")
    belt = Queue(maxsize)

    def read(source):
        for item in source:
            belt.put(item)

    takers = [Actor(belt, consume).start() for _ in range(consumers)]
    readers = []
    for source in sources:
        own = Queue()
        own.put(source)
        readers.append(Actor(own, read).start())
        readers[-1].end()
    errors = [error for reader in readers for _, error in reader.wait()]
    for taker in takers:
        taker.end()
    errors += [error for taker in takers for _, error in taker.wait()]
    if errors:
        raise errors[0]


if __name__ == "__main__":
    print(process_all(list("abc"), str.upper, 2))
    fan(["ab", "cd"], print, 2, 1)
