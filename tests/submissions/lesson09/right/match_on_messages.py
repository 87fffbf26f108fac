# built: messages that match takes apart, answers in a second queue
import queue
import threading


def drain(q):
    got = []
    while True:
        try:
            got.append(q.get(False))
        except queue.Empty:
            break
        finally:
            pass
        q.task_done()
    return got


def process_all(items, handle, workers):
    match workers:
        case int() if workers < 1:
            raise ValueError("workers must be >= 1, got {}".format(workers))
    questions, answers = queue.Queue(), queue.Queue()

    def worker():
        while True:
            match questions.get():
                case ("stop",):
                    answers.put(("bye",))
                    return
                case ("job", place, item):
                    try:
                        answers.put(("result", place, handle(item)))
                    except Exception as error:
                        answers.put(("error", place, error))

    for place, item in enumerate(items):
        questions.put(("job", place, item))
    team = [threading.Thread(target=worker) for _ in range(workers)]
    for _ in team:
        questions.put(("stop",))
    for thread in team:
        thread.start()
    results, errors, here = {}, {}, workers
    while here:
        match answers.get():
            case ("bye",):
                here -= 1
            case ("result", place, value):
                results[place] = value
            case ("error", place, error):
                errors[place] = error
    for thread in team:
        thread.join()
    if errors:
        raise errors[sorted(errors)[0]]
    return [results[place] for place in range(len(results))]


def fan(sources, consume, consumers, maxsize):
    if not (consumers >= 1 and maxsize >= 1):
        raise ValueError(f"{consumers} consumers and room for {maxsize}")
    q = queue.Queue(maxsize)
    errors = queue.Queue()

    def producer(source):
        try:
            for item in source:
                q.put(("item", item))
        except Exception as error:
            errors.put(error)

    def consumer():
        while True:
            match q.get():
                case ("item", item):
                    try:
                        consume(item)
                    except Exception as error:
                        errors.put(error)
                case ("end", None):
                    return

    producers = [threading.Thread(target=producer, args=(s,)) for s in sources]
    takers = [threading.Thread(target=consumer) for _ in range(consumers)]
    for t in [*takers, *producers]:
        t.start()
    for t in producers:
        t.join()
    for _ in takers:
        q.put(("end", None))
    for t in takers:
        t.join()
    for error in drain(errors):
        raise error
