# tries: replace sys.modules entries the grader might use | expect: FAIL | holds: other process
import sys, types

for name in ("pytest", "json", "answer", "unittest", "os", "builtins", "_pytest.runner", "importlib"):
    sys.modules[name] = types.ModuleType(name)


def add(a, b):
    return None


def mean(xs):
    return None


def word_count(text):
    return None
