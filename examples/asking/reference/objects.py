"""Objects: running statistics, parameters that can be tried out, batches."""

import numpy as np


class RunningStats:
    """Mean and variance of numbers that come one at a time, without keeping them.

    A new one has seen the numbers ``values``. ``len`` gives how many it has seen; ``a + b`` makes a new one that has
    seen the numbers of both; ``a == b`` says whether both have the same count, mean and variance, up to rounding.
    """

    def __init__(self, values=()):
        self.count = 0
        self.mean = 0.0
        self.squares = 0.0  # sum of squared distances from the mean
        for value in values:
            self.add(value)

    def add(self, value):
        """See one more number; returns the object itself."""
        before = value - self.mean
        self.count += 1
        self.mean += before / self.count
        self.squares += before * (value - self.mean)
        return self

    @property
    def variance(self):
        """The mean squared distance from the mean."""
        return self.squares / self.count

    def __len__(self):
        return self.count

    def __add__(self, other):
        total = RunningStats()
        total.count = self.count + other.count
        total.mean = (self.count * self.mean + other.count * other.mean) / total.count
        between = self.count * other.count / total.count * (self.mean - other.mean) ** 2
        total.squares = self.squares + other.squares + between
        return total

    def __eq__(self, other):
        same = np.isclose([self.mean, self.variance], [other.mean, other.variance])
        return bool(self.count == other.count and same.all())


class Parameters:
    """Named parameters, which a ``with`` statement puts back as they were when it was entered.

    ``Parameters({"w": 1.0})["w"]`` is 1.0. ``len``, ``in`` and iteration are about the names, in their order.
    """

    def __init__(self, values):
        self.values = dict(values)
        self.before = []

    def __getitem__(self, name):
        return self.values[name]

    def __setitem__(self, name, value):
        self.values[name] = value

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        return iter(self.values)

    def __contains__(self, name):
        return name in self.values

    def __enter__(self):
        self.before.append(dict(self.values))
        return self

    def __exit__(self, kind, error, trace):
        self.values = self.before.pop()


def batches(x, size):
    """Yield the rows of x (N, ...) in order, ``size`` at a time; the last batch holds what is left."""
    for start in range(0, len(x), size):
        yield x[start : start + size]
