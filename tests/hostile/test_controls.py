"""Each defence of the sandbox matters: with it a probe is refused, without it the same probe succeeds.

Where a probe would touch something global to the kernel it opens the file for writing and writes nothing.
"""

import os
import socket
import sys
from collections.abc import Iterator

import pytest

from course.judging.bubblewrap import Bubblewrap
from course.judging.limits import Limits
from course.judging.session import Session, Stage, Step

PROBLEM = Bubblewrap().problem()
pytestmark = [
    pytest.mark.skipif(bool(PROBLEM) and not os.environ.get("CI"), reason=f"bubblewrap cannot be had here: {PROBLEM}"),
    pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's"),
]

CONNECT = """
import socket
try:
    with socket.create_connection(("127.0.0.1", {port}), 2):
        found = "connected"
except OSError as error:
    found = type(error).__name__
"""
PROCESSES = """
import os
found = len([name for name in os.listdir("/proc") if name.isdigit()])
"""
WRITE_ROOT = """
try:
    open("/left-behind", "w").close()
    found = "written"
except OSError as error:
    found = error.strerror
"""
KERNEL_SETTING = """
try:
    open("/proc/sys/kernel/core_pattern", "r+").close()  # opened for writing; nothing is written
    found = "opens"
except OSError as error:
    found = "refused"
"""
ODD_SOCKET = """
import socket
try:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    found = "made"
except OSError as error:
    found = "refused"
"""
HIDDEN_MEMORY = """
import ctypes
found = "made" if ctypes.CDLL(None, use_errno=True).memfd_create(b"x", 0) >= 0 else "refused"
"""
SPARSE = """
try:
    with open("/work/sparse", "wb") as file:
        file.truncate(1 << 40)
    found = "made"
except OSError as error:
    found = "refused"
"""
FORKS = """
import os, time
found = 0
try:
    while found < 150:
        if not os.fork():
            time.sleep(30)
            os._exit(0)
        found += 1
except OSError:
    pass
"""


def probe(code: str, *without: str, limits: Limits | None = None) -> object:
    """Run code in a sandbox that lacks some defences and return what it found."""
    session = Session(Bubblewrap(frozenset(without)), limits or Limits(), [Step("cell", "<cell 1>", code)])
    try:
        session.begin(Stage("probe", 1))
        return session.name("found")
    finally:
        session.close()


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_without_a_network_namespace_the_hosts_services_answer(port):
    code = CONNECT.format(port=port)
    assert probe(code) == "ConnectionRefusedError"
    assert probe(code, "net") == "connected"


def test_without_a_pid_namespace_the_hosts_processes_are_seen():
    assert probe(PROCESSES) <= 4
    assert probe(PROCESSES, "pid") > 4


def test_without_a_read_only_root_files_can_be_left_there():
    assert probe(WRITE_ROOT) == "Read-only file system"
    assert probe(WRITE_ROOT, "readonly") == "written"


@pytest.mark.skipif(os.getuid() != 0, reason="only a sandbox that root starts could write to the kernel's settings")
def test_without_another_user_and_a_read_only_proc_the_kernels_settings_open_for_writing():
    assert probe(KERNEL_SETTING) == "refused"
    assert probe(KERNEL_SETTING, "proc") == "refused"
    assert probe(KERNEL_SETTING, "user-drop") == "refused"
    assert probe(KERNEL_SETTING, "proc", "user-drop") == "opens"


def test_without_the_system_call_filter_odd_sockets_and_uncounted_memory_are_there():
    assert (probe(ODD_SOCKET), probe(HIDDEN_MEMORY)) == ("refused", "refused")
    assert (probe(ODD_SOCKET, "seccomp"), probe(HIDDEN_MEMORY, "seccomp")) == ("made", "made")


def test_without_resource_limits_a_file_of_a_terabyte_can_be_made():
    assert probe(SPARSE) == "refused"
    assert probe(SPARSE, "rlimits") == "made"


def test_processes_are_limited_by_control_group_and_by_resource_limit():
    few = Limits(processes=20)
    assert probe(FORKS, limits=few) <= 28
    assert probe(FORKS, "cgroup", limits=few) <= 28
    assert probe(FORKS, "rlimits", limits=few) <= 28
    assert probe(FORKS, "cgroup", "rlimits", limits=few) == 150
