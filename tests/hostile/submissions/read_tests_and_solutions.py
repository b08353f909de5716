# tries: open the tests and the solution by their host paths, and search the disk for the secret | expect: PASS | holds: not found
import os

for p in (
    "/srv/course/tests/exercises/test_answer.py",
    "/srv/course/solutions/answer.py",
    "/srv/course/gradebook/solution.py",
    "/srv/course/gradebook/gradebook.csv",
    "/srv/course/gradebook/other_student/answer.py",
    "/root",
    "/home",
    "/etc/shadow",
    "/var/run/docker.sock",
):
    if os.path.exists(p):
        os.write(2, b"BREACH: can see " + p.encode() + b"\n")
needle = bytes([83, 69, 67, 82, 69, 84]) + b"VALUE-7391"
n = 0
for root, dirs, files in os.walk("/"):
    if root.startswith(("/proc", "/sys", "/usr", "/opt/py", "/work")):
        dirs[:] = []
        continue
    for f in files:
        n += 1
        try:
            with open(os.path.join(root, f), "rb") as fh:
                if os.path.isfile(os.path.join(root, f)) and needle in fh.read(1 << 20):
                    os.write(2, b"BREACH: secret in " + os.path.join(root, f).encode() + b"\n")
        except OSError:
            pass


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
