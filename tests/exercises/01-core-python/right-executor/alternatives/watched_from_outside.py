# Runs the job in a pool's thread and counts from the caller's; the whole journey is made by copy, through pickle's own classes.
# exercise: core.right-executor
import io
import pickle
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager


@contextmanager
def unshared():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def clocked(work, args):
    wall, cpu = time.monotonic(), time.thread_time()
    result = work(*args)
    return result, time.monotonic() - wall, time.thread_time() - cpu


def advise(work, *args):
    """Run a job once, and say where many of its kind belong."""
    looks = 0
    with unshared(), ThreadPoolExecutor(1) as pool:
        job = pool.submit(clocked, work, args)
        while wait([job], timeout=0.001).not_done:
            looks += 1
    result, wall, cpu = job.result()
    if looks - 1 > 50 * wall:
        return Advice("threads", "releases" if 20 * cpu >= wall else "waits")
    bag, start = io.BytesIO(), time.thread_time()
    try:
        for thing in (work, args, result):
            bag.seek(0)
            pickle.Pickler(bag).dump(thing)
            bag.seek(0)
            pickle.Unpickler(bag).load()
    except Exception:
        return Advice("caller", "cannot be carried")
    if time.thread_time() - start > cpu:
        return Advice("caller", "heavy to carry")
    return Advice("processes", "computes")
