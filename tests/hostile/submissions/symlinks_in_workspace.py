# tries: replace workspace files by links to host files, hoping the grader collects or overwrites them | expect: PASS | holds: links are not followed by the host
import os

for i, t in enumerate(
    ("/etc/shadow", "/srv/course/gradebook/gradebook.csv", "/proc/self/environ", "../../../../../../etc/hostname")
):
    try:
        os.symlink(t, f"/work/out{i}.txt")
    except OSError:
        pass
try:
    os.unlink("/work/answer.py")
    os.symlink("/srv/course/gradebook/solution.py", "/work/answer.py")
except OSError:
    pass
os.mkfifo("/work/fifo")


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
