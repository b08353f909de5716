# tries: memory no process maps: memfd, SysV shm, message queues, pipe buffers (2 GB at most) | expect: PASS | holds: refused or limited
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
got = 0
try:
    for _ in range(32):
        fd = os.memfd_create("x", 0)
        for _ in range(8):
            got += os.write(fd, b"m" * (8 << 20))
except OSError as e:
    os.write(2, f"memfd: {e.strerror} after {got >> 20} MB\n".encode())
if got > 1 << 30:
    os.write(2, b"BREACH: memfd holds more than the memory limit\n")
if libc.shmget(0, ctypes.c_size_t(64 << 20), 0o1600) >= 0:
    os.write(2, b"BREACH: SysV shared memory available\n")
if libc.msgget(0, 0o1600) >= 0:
    os.write(2, b"BREACH: SysV message queues available\n")


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
