# task: 3; reason: an item may be anything
import queue as queues
import threading
ENDED = getattr(queues, 'ShutDown', None)

class Closing(queues.Queue):
    """A queue that can be closed once nobody will put again."""
    END = None

    def close(self, readers):
        if ENDED:
            self.shutdown()
        else:
            for _ in range(readers):
                self.put(self.END)

    def __iter__(self):
        while True:
            try:
                item = self.get()
            except ENDED or ():
                return
            if item is self.END:
                return
            yield item

def drain(queue):
    taken = []
    while True:
        try:
            taken.append(queue.get_nowait())
        except queues.Empty:
            break
    for _ in taken:
        queue.task_done()
    return taken

def process_all(items, handle, workers):
    if workers < 1:
        raise ValueError(f'workers={workers!r}')
    box = Closing()
    answers = [(None, None)] * len(items)

    def work():
        for place in box:
            try:
                answers[place] = (handle(items[place]), None)
            except Exception as error:
                answers[place] = (None, error)
    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for place in range(len(items)):
        box.put(item=place)
    box.close(readers=workers)
    for thread in threads:
        thread.join()
    for _value, error in answers:
        if error:
            raise error
    return [value for value, _error in answers]

def fan(sources, consume, consumers, maxsize):
    for name, number in {'consumers': consumers, 'maxsize': maxsize}.items():
        if number < 1:
            raise ValueError(f'{name} is {number}')
    box = Closing(maxsize=maxsize)
    caught = []

    def safely(function, *arguments):
        try:
            function(*arguments)
        except Exception as error:
            caught.append(error)

    def produce(source):
        for item in source:
            box.put(item)

    def take():
        for item in box:
            safely(consume, item)
    makers = [threading.Thread(target=safely, args=(produce, source)) for source in sources]
    takers = [threading.Thread(target=take) for _ in range(consumers)]
    for thread in takers + makers:
        thread.start()
    for thread in makers:
        thread.join()
    box.close(readers=consumers)
    for thread in takers:
        thread.join()
    for error in caught:
        raise error
