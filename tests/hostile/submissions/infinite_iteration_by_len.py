# tries: an object whose __len__/__iter__/__getitem__ never ends | expect: FAIL or TIMEOUT | holds: bounded
class Inf:
    def __len__(self):
        return 1 << 40

    def __iter__(self):
        return self

    def __next__(self):
        return 0

    def __getitem__(self, i):
        return 0

    def __contains__(self, x):
        return True


def add(a, b):
    return Inf()


mean = word_count = lambda x: Inf()
