"""Objects in many clothes: what they do decides, and neither what they are made of nor what they say of themselves."""

from __future__ import annotations

import pytest

from tests.asking.answering import failed, graded, told

STATS_HEAD = "class RunningStats:\n"
RIGHT = {
    "keeps all numbers": """
class RunningStats:
    def __init__(self, values=()):
        self.numbers = [float(v) for v in values]
    def add(self, value):
        self.numbers.append(value)
        return self
    @property
    def mean(self):
        return sum(self.numbers) / len(self.numbers)
    @property
    def variance(self):
        m = self.mean
        return sum((v - m) ** 2 for v in self.numbers) / len(self.numbers)
    def __len__(self):
        return len(self.numbers)
    def __add__(self, other):
        return RunningStats(self.numbers + other.numbers)
    def __eq__(self, other):
        return len(self) == len(other) and abs(self.mean - other.mean) < 1e-9 and \\
            abs(self.variance - other.variance) < 1e-9
""",
    "a subclass of list": """
class RunningStats(list):
    def add(self, value):
        self.append(value)
        return self
    @property
    def mean(self):
        return np.mean(list(self))
    @property
    def variance(self):
        return np.var(list(self))
    def __add__(self, other):
        return RunningStats(list(self) + list(other))
    def __eq__(self, other):
        return np.allclose([len(self), self.mean, self.variance], [len(other), other.mean, other.variance])
""",
    "a dataclass with slots and types": """
from dataclasses import dataclass, field

@dataclass(eq=False)
class RunningStats:
    values: object = ()
    n: int = field(default=0, init=False)
    mean: float = field(default=0.0, init=False)
    m2: float = field(default=0.0, init=False)

    def __post_init__(self):
        for v in self.values:
            self.add(v)
        self.values = None

    def add(self, x: float) -> "RunningStats":
        self.n += 1
        d = x - self.mean
        self.mean += d / self.n
        self.m2 += d * (x - self.mean)
        return self

    @property
    def variance(self) -> float:
        return self.m2 / self.n if self.n else 0.0

    def __len__(self) -> int:
        return self.n

    def __add__(self, o):
        r = RunningStats()
        r.n, d = self.n + o.n, o.mean - self.mean
        r.mean = self.mean + d * o.n / r.n
        r.m2 = self.m2 + o.m2 + d * d * self.n * o.n / r.n
        return r

    def __eq__(self, o):
        return self.n == o.n and bool(np.isclose(self.mean, o.mean)) and bool(np.isclose(self.variance, o.variance))
""",
    "numbers of numpy, and a helper class to inherit from": """
class Base:
    def add(self, x):
        self._update(np.float64(x))
        return self

class RunningStats(Base):
    def __init__(self, values=()):
        self.count, self.mean, self.S = np.int64(0), np.float64(0), np.float64(0)
        for v in values: self.add(v)
    def _update(self, x):
        self.count = self.count + 1
        new = self.mean + (x - self.mean) / self.count
        self.S += (x - self.mean) * (x - new)
        self.mean = new
    variance = property(lambda s: s.S / s.count)
    def __len__(self): return int(self.count)
    def __add__(self, other):
        both = RunningStats()
        n = both.count = self.count + other.count
        both.mean = (self.count * self.mean + other.count * other.mean) / n
        both.S = self.S + other.S + self.count * other.count / n * (self.mean - other.mean) ** 2
        return both
    def __eq__(self, other):
        return np.bool_(self.count == other.count) & np.isclose(self.mean, other.mean) & np.isclose(self.S, other.S)
""",
    "parameters that inherit from a dictionary": """
class Parameters(dict):
    def __enter__(self):
        if not hasattr(self, "_saved"): self._saved = []
        self._saved.append(dict(self))
        return self
    def __exit__(self, *args):
        old = self._saved.pop()
        self.clear(); self.update(old)
""",
    "parameters of UserDict": """
from collections import UserDict
class Parameters(UserDict):
    def __init__(self, values):
        self.stack = []
        super().__init__(values)
    def __enter__(self):
        self.stack.append(self.data.copy())
        return self
    def __exit__(self, exc_type, exc_value, traceback):
        self.data = self.stack.pop()
        return False
""",
    "parameters of two lists": """
class Parameters:
    def __init__(self, values):
        self.names, self.nums, self.old = list(values.keys()), list(values.values()), []
    def __getitem__(self, k): return self.nums[self.names.index(k)]
    def __setitem__(self, k, v):
        if k in self.names: self.nums[self.names.index(k)] = v
        else:
            self.names.append(k); self.nums.append(v)
    def __len__(self): return len(self.names)
    def __iter__(self):
        for n in self.names: yield n
    def __enter__(self):
        self.old.append((self.names[:], self.nums[:]))
        return self
    def __exit__(self, *a):
        self.names, self.nums = self.old.pop()
""",
    "parameters with an iterator class": """
class Names:
    def __init__(self, names): self.names, self.i = names, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i == len(self.names): raise StopIteration
        self.i += 1
        return self.names[self.i - 1]

class Parameters:
    def __init__(self, values):
        self.d = {**values}
        self.history = []
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d = {**self.d, k: v}
    def __len__(self): return len(self.d)
    def __iter__(self): return Names(list(self.d))
    def __contains__(self, k): return k in self.d.keys()
    def __enter__(self):
        self.history.append(self.d)
        return self
    def __exit__(self, a, b, c): self.d = self.history.pop()
""",
    "batches with while": """
def batches(x, size):
    i = 0
    while i < len(x):
        yield x[i:i+size]
        i += size
""",
    "batches as a generator expression": """
def batches(x, size):
    return (x[i:i + size] for i in range(0, len(x), size))
""",
    "batches by array_split": """
def batches(x, size):
    yield from np.split(np.asarray(x), np.arange(size, len(x), size))
""",
    "batches by map": """
def batches(x, size):
    return map(lambda i: x[i:i + size], range(0, len(x), size))
""",
    "batches by itertools": """
import itertools
def batches(x, size):
    rows = iter(x)
    while chunk := list(itertools.islice(rows, size)):
        yield np.array(chunk)
""",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_pass(name):
    result = graded("objects", RIGHT[name])
    assert failed(result) == [], told(result)


GOOD = RIGHT["keeps all numbers"]
TWO_LISTS = RIGHT["parameters of two lists"]
WRONG = {
    "no len": (GOOD.replace("__len__", "size").replace("len(self) == len(other) and", ""),
               "`len(RunningStats(...))` raised TypeError"),
    "len is a float": (GOOD.replace("return len(self.numbers)", "return float(len(self.numbers))"),
                       "`len(RunningStats(...))` raised TypeError"),
    "add returns nothing": (GOOD.replace("        return self\n", ""),
                            "`RunningStats(...).add(...)` returned None, so the test could not continue"),
    "the mean is a method": (GOOD.replace("@property\n    def mean", "def mean").replace("self.mean", "self.mean()")
                             .replace("other.mean", "other.mean()"), "stats.mean is a method"),
    "no property of that name": (GOOD.replace("def variance", "def var").replace("variance", "var"),
                                 "`variance` raised AttributeError"),
    "the sample's variance": (GOOD.replace("/ len(self.numbers)\n    def __len__", "/ (len(self.numbers) - 1)\n"
                                           "    def __len__"), "variance"),
    "no equality": (GOOD.replace("__eq__", "equals"), "a == b for four pairs is wrong"),
    "always equal": (GOOD[: GOOD.index("        return len(self) ==")] + "        return True\n",
                     "a == b for four pairs is wrong"),
    "equality that is no truth value": (GOOD[: GOOD.index("        return len(self) ==")] + "        return self\n",
                                        "a == b for four pairs"),
    "a sum that is a list": (GOOD.replace("return RunningStats(self.numbers + other.numbers)",
                                          "return self.numbers + other.numbers"), "so the test could not continue"),
    "names backwards": (TWO_LISTS.replace("for n in self.names", "for n in self.names[::-1]"), "in their order"),
    "no with": (TWO_LISTS.replace("__enter__", "enter").replace("__exit__", "leave"),
                "`with Parameters(...)` raised AttributeError"),
    "nothing from enter": (TWO_LISTS.replace("        return self\n    def __exit__", "    def __exit__"),
                           "so the test could not continue"),
    "iteration without an end": (TWO_LISTS.replace("for n in self.names: yield n", "while True: yield 1"),
                                 "has not ended after 20,000 values"),
    "a list of batches": ("def batches(x, size):\n    return [x[i:i + size] for i in range(0, len(x), size)]",
                          "so the test could not continue"),
    "no batches": ("def batches(x, size):\n    yield", "one value, but three values were expected"),
    "batches of indices": ("def batches(x, size):\n    for i in range(0, len(x), size): yield i, i + size",
                           "batches"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_answers_are_told_what_is_wrong(name):
    answer, says = WRONG[name]
    result = graded("objects", answer)
    assert failed(result)
    assert says in told(result)
