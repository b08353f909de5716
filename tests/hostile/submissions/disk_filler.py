# tries: write 2 GB in 8 MB files everywhere writable | expect: PASS | holds: at most a few `disk` limits, host disk untouched
import os

total = 0
for base in (
    "/work",
    "/tmp",
    "/dev/shm",
    "/",
    "/dev",
    "/opt",
    "/run",
    "/var/tmp",
    "/usr",
    "/proc",
    "/home",
    "/root",
    "/etc",
):
    try:
        for i in range(256):
            if total > 2 << 30:
                break
            with open(f"{base}/fill{i}", "wb", 0) as f:
                total += f.write(b"f" * (8 << 20))
    except OSError as e:
        os.write(2, f"{base}: {e.strerror}\n".encode())
    for i in range(256):
        try:
            os.unlink(f"{base}/fill{i}")
        except OSError:
            break
os.write(2, f"wrote {total >> 20} MB\n".encode())
if total > 600 << 20:
    os.write(2, b"BREACH: no disk limit\n")


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
