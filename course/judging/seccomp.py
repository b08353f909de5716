"""The system calls that an answer may not make, as a filter for bubblewrap and as a Docker profile.

A deny list: what reaches other processes, the kernel's configuration, new namespaces or memory that no limit counts.
Numbers come from libseccomp, so that every architecture it knows is covered.
"""

from __future__ import annotations

import errno
import functools
import json
import tempfile

DENIED = """
add_key request_key keyctl unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount
fspick mount_setattr open_tree_attr ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd perf_event_open bpf
userfaultfd kexec_load kexec_file_load init_module finit_module delete_module reboot swapon swapoff acct syslog
settimeofday clock_settime clock_adjtime adjtimex quotactl quotactl_fd open_by_handle_at name_to_handle_at
lookup_dcookie iopl ioperm vhangup sethostname setdomainname fanotify_init uselib shmget msgget semget memfd_create
memfd_secret io_uring_setup io_uring_enter io_uring_register
""".split()  # noqa: SIM905 (a list this long is read more easily so)
FAMILIES = {1, 2, 10}  # AF_UNIX, AF_INET, AF_INET6: confined by the network namespace; every other family is refused
LAST_FAMILY = 46
NAMESPACE_FLAGS = [0x80, 0x20000, *(1 << bit for bit in range(25, 31))]  # CLONE_NEW*, which clone() takes as flags
TERMINAL_INPUT = [0x5412, 0x541C]  # TIOCSTI, TIOCLINUX: type into somebody's terminal


@functools.cache
def program() -> bytes:
    """Return the filter as the kernel takes it; raise OSError or RuntimeError where libseccomp is missing."""
    import pyseccomp as seccomp

    def errno_of(number: int) -> int:
        return int(seccomp.ERRNO(number))

    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in DENIED:
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0:
            rules.add_rule(errno_of(errno.EPERM), name)
    rules.add_rule(errno_of(errno.ENOSYS), "clone3")  # its flags lie behind a pointer: callers fall back to clone
    for flag in NAMESPACE_FLAGS:
        rules.add_rule(errno_of(errno.EPERM), "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    for family in set(range(LAST_FAMILY)) - FAMILIES:
        for name in ("socket", "socketpair"):
            rules.add_rule(errno_of(errno.EAFNOSUPPORT), name, seccomp.Arg(0, seccomp.EQ, family))
    for name in ("socket", "socketpair"):
        rules.add_rule(errno_of(errno.EAFNOSUPPORT), name, seccomp.Arg(0, seccomp.GE, LAST_FAMILY))
    for request in TERMINAL_INPUT:
        rules.add_rule(errno_of(errno.EPERM), "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def docker_profile() -> str:
    """Return the same policy as a Docker seccomp profile (JSON)."""

    def deny(names: list[str], number: int, *args: dict[str, object]) -> dict[str, object]:
        return {"names": names, "action": "SCMP_ACT_ERRNO", "errnoRet": number, "args": list(args)}

    def equal(index: int, value: int, op: str = "SCMP_CMP_EQ", second: int = 0) -> dict[str, object]:
        return {"index": index, "value": value, "valueTwo": second, "op": op}

    rules = [deny(DENIED, errno.EPERM), deny(["clone3"], errno.ENOSYS)]
    rules += [deny(["clone"], errno.EPERM, equal(0, f, "SCMP_CMP_MASKED_EQ", f)) for f in NAMESPACE_FLAGS]
    for family in sorted(set(range(LAST_FAMILY)) - FAMILIES):
        rules.append(deny(["socket", "socketpair"], errno.EAFNOSUPPORT, equal(0, family)))
    rules.append(deny(["socket", "socketpair"], errno.EAFNOSUPPORT, equal(0, LAST_FAMILY, "SCMP_CMP_GE")))
    rules += [deny(["ioctl"], errno.EPERM, equal(1, request)) for request in TERMINAL_INPUT]
    return json.dumps({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": rules})
