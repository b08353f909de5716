# tries: start 5000 threads | expect: ERROR | holds: limited, none left
import threading, time


def add(a, b):
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return a + b


def mean(xs):
    if not xs:
        raise ValueError("empty")
    return sum(xs) / len(xs)


def word_count(text):
    out = {}
    for w in text.split():
        out[w] = out.get(w, 0) + 1
    return out
