# tries: own json.py, pytest.py, struct.py, conftest.py, sitecustomize.py, grader.py beside the answer | expect: FAIL | holds: none is imported by grader or worker
import json, struct

if getattr(json, "EVIL", False):
    import os

    os.write(2, b"BREACH: shadowed json\n")


def add(a, b):
    return None


def mean(xs):
    return None


def word_count(text):
    return None
