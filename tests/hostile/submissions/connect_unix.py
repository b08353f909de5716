# tries: abstract and path unix sockets of the host (honeypot, docker, dbus) | expect: PASS | holds: no connection arrives
import os, socket

for a in (
    "\0grader-honey",
    "/srv/course/gradebook/sock",
    "/var/run/docker.sock",
    "/run/dbus/system_bus_socket",
    "\0/tmp/.X11-unix/X0",
):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(0.2)
    try:
        s.connect(a)
        os.write(2, b"BREACH: connected to " + repr(a).encode() + b"\n")
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
