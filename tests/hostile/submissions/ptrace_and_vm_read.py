# tries: ptrace pid 1 and the parent, process_vm_readv, pidfd_getfd | expect: PASS | holds: refused
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for pid in (1, os.getppid()):
    for name, args in (
        ("ptrace attach", (101, 16, pid, 0, 0)),
        ("ptrace seize", (101, 0x4206, pid, 0, 0)),
        ("process_vm_readv", (310, pid, 0, 0, 0, 0, 0)),
    ):
        if libc.syscall(*[ctypes.c_long(x) for x in args]) >= 0:
            os.write(2, f"BREACH: {name} {pid}\n".encode())


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
