# tries: listen on 0.0.0.0 and :: and wait for visitors | expect: PASS | holds: not reachable from the host
import os, socket, threading

for fam, addr in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
    try:
        s = socket.socket(fam)
        s.bind((addr, 47392))
        s.listen()
        threading.Thread(target=s.accept, daemon=True).start()
    except OSError as e:
        os.write(2, f"{addr}: {e.strerror}\n".encode())


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
