# tries: write a perfect result to every fd from 3 to 255 | expect: PROTOCOL or FAIL | holds: cannot become a pass
import json, os, struct

raw = json.dumps({"id": 1, "ok": 5, "verdict": "PASS"}).encode()
for fd in range(3, 256):
    try:
        os.write(fd, struct.pack(">I", len(raw)) + raw)
    except OSError:
        pass


def add(a, b):
    return None


def mean(xs):
    return None


def word_count(text):
    return None
