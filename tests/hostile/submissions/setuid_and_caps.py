# tries: setuid(0), setgid, capset, prctl ambient, regain capabilities through exec | expect: PASS | holds: no capability, no new privileges
import os

for f in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.setresuid(0, 0, 0)):
    try:
        f()
        os.write(2, b"BREACH: changed uid/gid\n")
    except OSError:
        pass
st = open("/proc/self/status").read()
for field in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
    if int(st.split(field + ":")[1].split()[0], 16):
        os.write(2, b"BREACH: has capabilities\n")
if "NoNewPrivs:\t1" not in st:
    os.write(2, b"BREACH: new privileges possible\n")


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
