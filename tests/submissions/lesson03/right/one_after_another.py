# built: who_worked joins each thread before it starts the next one; the module threading renamed
import threading as th


def report():
    me = th.current_thread()
    line = f"{me.name} : I am working.."
    print(line)


def start_named(target, names):
    result = []
    for n in names:
        if n is None:
            t = th.Thread(target=target)
        else:
            t = th.Thread(target=target, name=n)
        result += [t]
        t.start()
    return result


def who_worked(names):
    notes = []
    for n in names:
        t = th.Thread(target=lambda: notes.append(th.current_thread().name), name=n)
        t.start()
        t.join()
    return notes


def names_in_use():
    names = set()
    for t in th.enumerate():
        names |= {t.name}
    return names
