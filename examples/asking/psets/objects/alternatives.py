"""Right answers in other styles."""

import numpy as np

from grader import alternative


@alternative("RunningStats")
class StatsAsTuple:
    def __init__(self, values=None):
        self.seen = (0, 0.0, 0.0)
        for value in [] if values is None else values:
            self.add(value)

    def add(self, value):
        n, m, s = self.seen
        mean = m + (value - m) / (n + 1)
        self.seen = (n + 1, mean, s + (value - m) * (value - mean))
        return self

    mean = property(lambda self: self.seen[1])
    variance = property(lambda self: self.seen[2] / self.seen[0])

    def __len__(self):
        return self.seen[0]

    def __add__(self, other):
        (n, m, s), (k, o, t) = self.seen, other.seen
        both = type(self)()
        both.seen = (n + k, m + (o - m) * k / (n + k), s + t + (o - m) ** 2 * n * k / (n + k))
        return both

    def __eq__(self, other):
        return len(self) == len(other) and np.allclose(self.seen, other.seen)


@alternative("Parameters")
class ParametersAsDictionary(dict):
    def __enter__(self):
        self.__dict__.setdefault("stack", []).append(self.copy())
        return self

    def __exit__(self, *_):
        before = self.stack.pop()
        self.clear()
        self.update(before)


@alternative("batches")
def batches_of_an_iterator(x, size):
    count = -(-len(x) // size)
    return iter([np.asarray(x[i * size : (i + 1) * size]) for i in range(count)])
