# tries: leave non-daemon threads that never end | expect: PASS | holds: the grader does not wait for them
import threading, time

for _ in range(3):
    threading.Thread(target=time.sleep, args=(300,), daemon=False).start()


def add(a, b):
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
