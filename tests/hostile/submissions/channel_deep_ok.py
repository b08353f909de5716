# tries: answer with deeply nested lists inside the depth the JSON parser accepts | expect: PROTOCOL | holds: decoder caps depth
import sys

main = sys.modules["course.judging.worker"]


def evil_enc(self, v):
    j = 1
    for _ in range(300):
        j = {"l": [j]}
    return j


main.Codec.encode = evil_enc


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
