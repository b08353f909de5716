# tries: keyctl, add_key, io_uring, bpf, perf, userfaultfd, unshare, setns, mount, chroot, clone3, 32-bit socketcall | expect: PASS | holds: all refused
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
buf = ctypes.create_string_buffer(256)
calls = {
    "keyctl": (250, 0, -3, 1),
    "add_key": (248, b"user", b"grader", b"x", 1, -3),
    "request_key": (249, b"user", b"grader", 0, 0),
    "io_uring_setup": (425, 4, ctypes.addressof(buf)),
    "bpf": (321, 0, ctypes.addressof(buf), 72),
    "perf_event_open": (298, ctypes.addressof(buf), 0, -1, -1, 0),
    "userfaultfd": (323, 1),
    "unshare user": (272, 0x10000000),
    "unshare net": (272, 0x40000000),
    "mount": (165, b"none", b"/work", b"tmpfs", 0, 0),
    "umount": (166, b"/work", 2),
    "chroot": (161, b"/work"),
    "pivot_root": (155, b"/work", b"/work"),
    "fsopen": (430, b"tmpfs", 0),
    "open_tree": (428, -100, b"/work", 1),
    "reboot": (169, 0, 0, 0),
    "memfd_secret": (447, 0),
    "sethostname": (170, b"x", 1),
    "clock_settime": (227, 0, ctypes.addressof(buf)),
    "swapon": (167, b"/work/x", 0),
    "syslog": (103, 3, ctypes.addressof(buf), 100),
}
for name, args in calls.items():
    ctypes.set_errno(0)
    r = libc.syscall(*[ctypes.c_char_p(x) if isinstance(x, bytes) else ctypes.c_long(x) for x in args])
    if r >= 0:
        os.write(2, f"BREACH: {name} allowed\n".encode())
    elif ctypes.get_errno() not in (1, 38):
        os.write(2, f"note: {name} failed with errno {ctypes.get_errno()}\n".encode())
for flag in (0x10000000, 0x20000000, 0x00020000, 0x40000000):
    pid = libc.syscall(ctypes.c_long(56), ctypes.c_long(flag | 17), *[ctypes.c_long(0)] * 4)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.write(2, b"BREACH: clone with new namespace\n")


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
