# tries: fork until refused (at most 500), children sleep | expect: PASS | holds: at most `pids` processes, none left
import os, time

n = 0
for _ in range(500):
    try:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        n += 1
    except OSError:
        break
os.write(2, f"forked {n}\n".encode())
if n >= 200:
    os.write(2, b"BREACH: no process limit\n")


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
