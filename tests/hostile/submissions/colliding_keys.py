# tries: 60000 keys with one hash, which freeze a dict for 40 s | expect: PROTOCOL or TIMEOUT | holds: the decoder counts unusual keys
import sys

modulus = sys.hash_info.modulus
main = sys.modules["course.judging.worker"]


def evil(self, v):
    return {"d": [[{"i": hex((n + 1) * modulus)}, 1] for n in range(60000)]}


main.Codec.encode = evil


def add(a, b):
    return {}


mean = word_count = add
