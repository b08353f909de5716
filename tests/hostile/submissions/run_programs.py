# tries: run sh, bash, perl, sudo, su, mount, docker, gcc, curl; write and run an own ELF/script | expect: PASS | holds: none of the host's tools are there
import os, subprocess

for p in (
    "/bin/sh",
    "/bin/bash",
    "/usr/bin/perl",
    "/usr/bin/sudo",
    "/bin/su",
    "/bin/mount",
    "/usr/bin/docker",
    "/usr/bin/gcc",
    "/usr/bin/curl",
    "/usr/bin/wget",
    "/usr/bin/ssh",
):
    if os.path.exists(p):
        os.write(2, b"BREACH: host tool present " + p.encode() + b"\n")
try:
    subprocess.run("id", shell=True, check=True)
except (OSError, subprocess.CalledProcessError):
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
