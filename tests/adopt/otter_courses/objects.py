"""Recursion, classes and iterators."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["OBJECTS"]

RECURSION = Homework(
    "lab03",
    "Lab 3: Recursion and Search",
    "bare",
    (
        ask(
            "q1",
            "Write `digits(n)`: the sum of the decimal digits of `n`, without loops.",
            """
            def digits(n):
                return n if n < 10 else n % 10 + digits(n // 10)
            """,
            """
            >>> digits(0) == 0 and digits(7) == 7
            True

            >>> digits(98765) == 35
            True

            #: hidden
            >>> [digits(10 ** k) for k in range(5)] == [1, 1, 1, 1, 1]
            True
            """,
            "def digits(n):\n    return sum(int(c) for c in str(n))",
            "def digits(n):\n    return len(str(n))",
            "def digits(n):\n    return n % 10 + digits(n // 10)",
        ),
        ask(
            "q2",
            "Write `search(items, x)`: the place of `x` in a sorted list by halving, or -1.",
            """
            def search(items, x):
                low, high = 0, len(items) - 1
                while low <= high:
                    middle = (low + high) // 2
                    if items[middle] == x:
                        return middle
                    if items[middle] < x:
                        low = middle + 1
                    else:
                        high = middle - 1
                return -1
            """,
            """
            >>> search([1, 4, 9, 16], 9) == 2
            True

            >>> search([1, 4, 9, 16], 5)
            -1

            #: hidden
            >>> all(search(list(range(0, 60, 3)), 3 * k) == k for k in range(20))
            True
            """,
            "def search(items, x):\n    return items.index(x) if x in items else -1",
            "def search(items, x):\n    return items.index(x) if x in items else None",
            "def search(items, x):\n    return x in items",
            points=2,
        ),
        ask(
            "q3",
            "Write `collatz(n)`: the list of numbers from `n` down to 1 by the rule of halving and 3n + 1.",
            """
            def collatz(n):
                out = [n]
                while n != 1:
                    n = n // 2 if n % 2 == 0 else 3 * n + 1
                    out.append(n)
                return out
            """,
            """
            >>> isinstance(collatz(6), list)
            True

            >>> collatz(6) == [6, 3, 10, 5, 16, 8, 4, 2, 1]
            True

            >>> len(collatz(27)) == 112
            True

            >>> collatz(1) == [1]
            True
            """,
            "def collatz(n):\n"
            "    return [n] if n == 1 else [n] + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)",
            "def collatz(n):\n    return [n] if n == 1 else [n] + collatz(n // 2) if n % 2 == 0 else [n]",
            "def collatz(n):\n    return [n, n // 2, 1]",
        ),
    ),
    imports="",
    layout="short",
    variants=(Variant("slow", {"q2": "def search(items, x):\n    while True:\n        pass"}, slow=True),),
    messages=False,
)

CLASSES = Homework(
    "hw08",
    "Homework 8: Classes",
    "okpy",
    (
        ask(
            "q1",
            "Write a class `Point` with `x`, `y`, `distance(other)`, `==` and a `repr` such as `Point(1, 2)`.",
            """
            class Point:
                \"\"\"A place in the plane.\"\"\"

                def __init__(self, x, y):
                    self.x = x
                    self.y = y

                def distance(self, other):
                    return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5

                def __eq__(self, other):
                    return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

                def __repr__(self):
                    return f'Point({self.x}, {self.y})'
            """,
            """
            >>> Point(0, 0).distance(Point(3, 4)) == 5
            True

            #: inside
            >>> Point(1, 2) == Point(1, 2)
            True

            #: inside
            >>> Point(1, 2) != Point(2, 1) and not Point(1, 2) == (1, 2)
            True

            >>> Point(1, 2)
            Point(1, 2)

            #: hidden
            >>> p = Point(1, 1)
            >>> p.x = 4
            >>> p.distance(Point(0, 1)) == 4
            True
            """,
            """
            class Point(tuple):
                def __new__(cls, x, y):
                    return super().__new__(cls, (x, y))
                def __init__(self, x, y):
                    self.x, self.y = x, y
                def distance(self, other):
                    return abs(complex(self.x - other.x, self.y - other.y))
                def __eq__(self, other):
                    return type(other) is Point and tuple.__eq__(self, other)
                def __ne__(self, other):
                    return not self == other
                def __repr__(self):
                    return 'Point' + tuple.__repr__(self)
            """,
            "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
            "    def distance(self, other):\n        return abs(self.x - other.x) + abs(self.y - other.y)",
            "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = y, x\n"
            "    def distance(self, other):\n"
            "        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** .5\n"
            "    def __eq__(self, other):\n        return True\n    def __repr__(self):\n"
            "        return 'Point(1, 2)'",
            points=5,
            suites=(4, 1),
        ),
        ask(
            "q2",
            "Write a class `Account` with a `balance`, `deposit(n)`, and `withdraw(n)` which raises `ValueError` if "
            "too little is there. Both return the balance.",
            """
            class Account:
                def __init__(self, balance=0):
                    self.balance = balance

                def deposit(self, n):
                    self.balance += n
                    return self.balance

                def withdraw(self, n):
                    if n > self.balance:
                        raise ValueError('not enough')
                    self.balance -= n
                    return self.balance
            """,
            """
            >>> account = Account()
            >>> account.deposit(50)
            50
            >>> account.withdraw(20) == 30
            True

            >>> account = Account(10)
            >>> account.withdraw(11)
            Traceback (most recent call last):
            ValueError: not enough

            >>> one, two = Account(), Account(5)
            >>> _ = one.deposit(3)
            >>> (one.balance, two.balance)
            (3, 5)

            #: hidden
            >>> account = Account(10)
            >>> try:
            ...     account.withdraw(99)
            ... except ValueError:
            ...     pass
            >>> account.balance == 10
            True
            """,
            "",
            "class Account:\n    balance = 0\n    def deposit(self, n):\n        Account.balance += n\n"
            "        return self.balance\n"
            "    def withdraw(self, n):\n        Account.balance -= n\n        return Account.balance",
            "class Account:\n    def __init__(self, balance=0):\n        self.balance = balance\n"
            "    def deposit(self, n):\n        self.balance += n\n    def withdraw(self, n):\n"
            "        self.balance -= n",
            points=4,
        ),
        ask(
            "q3",
            "Set `mine` to an account with 7 in it.",
            "mine = Account(7)",
            """
            #: inside
            >>> isinstance(mine, Account)
            True

            >>> mine.balance == 7
            True
            """,
            "mine = Account()\n_ = mine.deposit(7)",
            "mine = 7",
            "mine = Account",
            # The next cell spends what was tested.
            after="mine.withdraw(7)\nmine.balance",
        ),
    ),
    imports="",
    messages=False,
)

ITERATORS = Homework(
    "lab07",
    "Lab 7: Iterators",
    "bare",
    (
        ask(
            "q1",
            "Write a generator function `evens(n)` of the even numbers from 0 up to and with `n`.",
            """
            def evens(n):
                k = 0
                while k <= n:
                    yield k
                    k += 2
            """,
            """
            >>> isinstance(evens(7), type(n for n in []))
            True

            >>> list(evens(7))
            [0, 2, 4, 6]

            >>> next(evens(4)) == 0
            True

            #: hidden
            >>> it = evens(10)
            >>> [next(it) for _ in range(3)], list(it)
            ([0, 2, 4], [6, 8, 10])
            """,
            "def evens(n):\n    yield from range(0, n + 1, 2)",
            "def evens(n):\n    return list(range(0, n + 1, 2))",
            "def evens(n):\n    for k in range(n):\n        yield 2 * k",
            points=2,
        ),
        ask(
            "q2",
            "Write `pairwise(items)`: a list of the neighbours in anything that can be gone through.",
            """
            def pairwise(items):
                items = list(items)
                return list(zip(items, items[1:]))
            """,
            """
            >>> isinstance(pairwise([1, 2, 3]), list)
            True

            >>> pairwise([1, 2, 3]) == [(1, 2), (2, 3)]
            True

            >>> pairwise(iter('abc')) == [('a', 'b'), ('b', 'c')]
            True

            #: hidden
            >>> pairwise([]) == [] and pairwise([1]) == []
            True

            #: hidden
            >>> pairwise(x * x for x in range(4)) == [(0, 1), (1, 4), (4, 9)]
            True
            """,
            "import itertools\ndef pairwise(items):\n    return list(itertools.pairwise(items))",
            "def pairwise(items):\n    return [(items[i], items[i + 1]) for i in range(len(items) - 1)]",
            "def pairwise(items):\n    return zip(items, items[1:])",
            points=2,
        ),
        ask(
            "q3",
            "Write a decorator `counted(f)`: the function it makes counts its calls in an attribute `calls`.",
            """
            def counted(f):
                def wrapper(*args, **kwargs):
                    wrapper.calls += 1
                    return f(*args, **kwargs)
                wrapper.calls = 0
                return wrapper
            """,
            """
            >>> @counted
            ... def twice(x):
            ...     return 2 * x
            >>> twice(4), twice(x=5), twice.calls
            (8, 10, 2)

            >>> g = counted(max)
            >>> g.calls == 0
            True

            #: hidden
            >>> f, g = counted(abs), counted(abs)
            >>> f(-1) + f(-2)
            3
            >>> (f.calls, g.calls)
            (2, 0)
            """,
            "class counted:\n    def __init__(self, f):\n        self.f, self.calls = f, 0\n"
            "    def __call__(self, *a, **k):\n        self.calls += 1\n        return self.f(*a, **k)",
            "def counted(f):\n    f.calls = 0\n    return f",
            "def counted(f):\n    counted.calls = 1\n    return f",
            points=3,
        ),
    ),
    imports="",
    again="repeat",
)

OBJECTS = (RECURSION, CLASSES, ITERATORS)
