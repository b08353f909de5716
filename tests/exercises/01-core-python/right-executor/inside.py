"""The jobs that the checks of core.right-executor have advised, measured in seconds of their own thread."""

import hashlib
import sys
import threading
import time

import answer

RUNS = []
PAPER = bytes(4_000_000)


def until(seconds):
    """Yield until this thread has used so many seconds of processor."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        yield


def sleep(seconds, *_):
    RUNS.append("sleep")
    time.sleep(seconds)
    return seconds


def ask(seconds):
    """Wait on something that never comes."""
    RUNS.append("ask")
    return threading.Event().wait(seconds)


def poll(seconds):
    """Look every few milliseconds, and do next to nothing."""
    for _ in range(int(seconds * 100)):
        time.sleep(0.01)
        sum(range(8_000))


def compute(seconds, *_):
    RUNS.append("compute")
    return sum(sum(range(500)) for _ in until(seconds))


def chat(seconds, lines):
    """Compute, and wait for the log now and then."""
    for _ in range(lines):
        compute(seconds / lines)
        time.sleep(0.001)


def digest(seconds):
    RUNS.append("digest")
    return [hashlib.sha256(PAPER).hexdigest() for _ in until(seconds)][-1]


def fetch_and_digest(seconds):
    """Hash for half of the time, wait for the other."""
    for _ in range(10):
        digest(seconds / 20)
        time.sleep(seconds / 20)


def lambda_result(seconds):
    compute(seconds)
    return lambda: seconds


class Receipt:
    """Can be pickled; what comes out needs an argument that was not kept."""

    def __init__(self, number):
        self.number = number

    def __reduce__(self):
        return Receipt, ()


def receipt(seconds):
    compute(seconds)
    return Receipt(7)


class Archive:
    """Takes seconds to pack, and as many to unpack; two megabytes."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __reduce__(self):
        compute(self.seconds)
        return unpacked, (self.seconds, bytes(2_000_000))


def unpacked(seconds, _):
    compute(seconds)
    return Archive(seconds)


def pass_on(seconds, archive):
    compute(seconds)
    return archive


def open_archive(seconds, packing):
    compute(seconds)
    return Archive(packing)


def fail(seconds):
    compute(seconds)
    raise ConnectionError("the bank hung up")


def fail_waiting(seconds):
    time.sleep(seconds)
    raise ConnectionError("the bank hung up")


def _advice(job, *args):
    sys.setswitchinterval(1e-5)  # whoever leaves it so makes every job share, also on a busy machine
    found = answer.advise(job, *args)
    return found.executor, found.reason


def advise(name, *figures):
    """Have a job advised on."""
    return _advice(globals()[name], *figures)


def runs(name, seconds):
    """Have a job advised on; return how often it was run."""
    RUNS.clear()
    _advice(globals()[name], seconds)
    return RUNS.count(name)


def advise_closure(seconds):
    """Have a computing job advised on that is a closure."""
    return _advice(lambda: compute(seconds))


def advise_lock(name, seconds):
    """Have a job advised on that is given a lock."""
    return _advice(globals()[name], seconds, threading.Lock())


def advise_archive(seconds, packing):
    """Have a job advised on that is given an archive."""
    return _advice(pass_on, seconds, Archive(packing))


def advise_texts(seconds, many):
    """Have a job advised on that is given many texts."""
    return _advice(compute, seconds, [f"order {number}" for number in range(many)])


def around(name, seconds, interval):
    """Advise with another switch interval; return what was raised, the interval and the number of threads added."""
    sys.setswitchinterval(interval)
    threads, raised = threading.active_count(), ""
    try:
        answer.advise(globals()[name], seconds)
    except ConnectionError as error:
        raised = str(error)
    return raised, round(sys.getswitchinterval(), 6), threading.active_count() - threads
