# tries: find the worker and rewrite its answers | expect: FAIL or PROTOCOL | holds: it can only choose its own values
import sys

main = sys.modules["course.judging.worker"]


def evil_pack(obj, _pack=main.pack):
    if "exc" in obj:
        obj = {"id": obj["id"], "ok": True, "verdict": "PASS", "passed": 8}
    obj["verdict"] = "PASS"
    return _pack(obj)


main.pack = evil_pack


def add(a, b):
    return None


def mean(xs):
    return None


def word_count(text):
    return None
