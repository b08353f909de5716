# Calls it waiting only when next to no processor is used.
# fails: test_half_of_the_time_is_no_waiting
# says: less than a twentieth
# exercise: core.right-executor
import pickle
import sys
import threading
import time
from collections.abc import Callable


def advise(work: Callable[..., object], *args: object) -> Advice:
    """Run a job once, and say where many of its kind belong."""
    turns, done = 0, threading.Event()

    def neighbour() -> None:
        nonlocal turns
        while not done.wait(0.001):
            turns += 1

    thread, interval = threading.Thread(target=neighbour), sys.getswitchinterval()
    thread.start()
    sys.setswitchinterval(60)
    try:
        start, used, early = time.perf_counter(), time.thread_time(), turns
        result = work(*args)
        elapsed, used = time.perf_counter() - start, time.thread_time() - used
        rate = (turns - early) / elapsed
    finally:
        sys.setswitchinterval(interval)
        done.set()
        thread.join()
    if rate >= 50:
        return Advice("threads", "waits" if used < 0.0005 else "releases")
    start = time.thread_time()
    try:
        pickle.loads(pickle.dumps((work, args, result)))
    except Exception:
        return Advice("caller", "cannot be carried")
    carry = time.thread_time() - start
    return Advice("processes", "computes") if carry <= used else Advice("caller", "heavy to carry")
