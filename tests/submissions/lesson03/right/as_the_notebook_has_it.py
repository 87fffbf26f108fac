# built: the notebook's own calls (currentThread, getName, setName), deprecated since 3.10; daemons
import threading


def report():
    print('{} : I am working..'.format(threading.currentThread().getName()))


def start_named(target, names):
    threads = []
    for name in names:
        t = threading.Thread(target=target)
        if name is not None:
            t.setName(name)
        t.setDaemon(True)
        threads.append(t)
    for t in threads:
        t.start()
    return threads


def who_worked(names):
    result = {}

    def work(i):
        result[i] = threading.currentThread().getName()

    threads = []
    for i in range(len(names)):
        t = threading.Thread(target=work, args=(i,), name=names[i])
        t.start()
        threads.append(t)
    for t in threads:
        t.join()
    return [result[i] for i in range(len(names))]


def names_in_use():
    names = set()
    for t in threading.enumerate():
        names.add(t.getName())
    return names
