# Calls a megabyte heavy, whatever the work.
# fails: test_much_luggage_for_more_work
# says: not the same as too large
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
        return Advice("threads", "waits" if used < elapsed / 20 else "releases")
    try:
        luggage = pickle.dumps((work, args, result))
        pickle.loads(luggage)
    except Exception:
        return Advice("caller", "cannot be carried")
    return Advice("processes", "computes") if len(luggage) < 1_000_000 else Advice("caller", "heavy to carry")
