"""Dicts, sets and classes."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

DICTS = Homework(
    name="dicts-and-sets",
    form="source",
    notebooks=(
        Notebook(
            "dicts",
            r"""
%% md
# Dicts and sets
%% code
from hashlib import md5, sha1
%% md
Count in a dict `letters` how often each letter occurs in `"mississippi"`.
%% answer letters
letters = {}
for letter in "mississippi":
    letters[letter] = letters.get(letter, 0) + 1
%% test letters-type 1
assert isinstance(letters, dict)
assert set(letters) == set("mips")
%% test letters-values 1
assert sha1(str(sorted(letters.items())).encode()).hexdigest() == "«sha1 [('i', 4), ('m', 1), ('p', 2), ('s', 4)]»"
%% md
`invert(d)` turns a dict around: a dict from each value to the **set** of the keys that have it.
%% answer invert
def invert(d):
    ### BEGIN SOLUTION
    found = {}
    for key, value in d.items():
        found.setdefault(value, set()).add(key)
    return found
    ### END SOLUTION
%% test invert-small 2
prices = {"tea": 3, "coffee": 4, "water": 0, "juice": 3}
assert invert(prices) == {3: {"tea", "juice"}, 4: {"coffee"}, 0: {"water"}}
assert invert({}) == {}
%% test invert-types 1
assert all(isinstance(each, set) for each in invert(prices).values())
### BEGIN HIDDEN TESTS
before = dict(prices)
invert(prices)
assert prices == before, "the argument was changed"
### END HIDDEN TESTS
%% md
`common(*groups)` returns what occurs in all of its lists, as a sorted list.
%% answer common
def common(*groups):
    ### BEGIN SOLUTION
    if not groups:
        return []
    found = set(groups[0])
    for group in groups[1:]:
        found &= set(group)
    return sorted(found)
    ### END SOLUTION
%% test common-lists 2
assert common([3, 1, 2], [2, 3, 9], [3, 2, 2]) == [2, 3]
### BEGIN HIDDEN TESTS
assert common([1], [2]) == []
assert common() == []
### END HIDDEN TESTS
assert type(common([1, 1])) is list
%% md
`merge(stock, delivery)` adds the amounts of `delivery` to the dict `stock`, which changes, and returns `stock` itself.
%% answer merge
def merge(stock, delivery):
    ### BEGIN SOLUTION
    for item, amount in delivery.items():
        stock[item] = stock.get(item, 0) + amount
    return stock
    ### END SOLUTION
%% test merge-changes 2
stock = {"bolt": 10, "nut": 4}
merge(stock, {"nut": 6, "gear": 1})
assert stock == {"bolt": 10, "nut": 10, "gear": 1}
%% test merge-same 1
stock = {"bolt": 1}
assert merge(stock, {}) is stock
%% md
Store the primes below 30 as a set in `answer`.
%% answer primes
answer = {n for n in range(2, 30) if all(n % k for k in range(2, n))}
%% test primes-value 1
assert type(answer) == set
assert md5(str(sorted(answer)).encode("utf-8")).hexdigest() == "«md5 [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]»"
%% md
And now in `answer` the frozen set of the pairs of them that differ by two, smaller first.
%% answer twins
answer = frozenset((p, p + 2) for p in answer if p + 2 in answer)
%% test twins-value 1
assert type(answer) == frozenset
assert md5(str(sorted(answer)).encode()).hexdigest() == "«md5 [(3, 5), (5, 7), (11, 13), (17, 19)]»"
""",
        ),
    ),
    works=r"""
== other_way honest
%% letters
from collections import Counter
letters = Counter("mississippi")
%% invert
from collections import defaultdict
def invert(d):
    found = defaultdict(set)
    for key in d:
        found[d[key]].add(key)
    return found
%% common
def common(*groups):
    return sorted(set.intersection(*map(set, groups))) if groups else []
%% primes
answer = set()
for n in range(2, 30):
    if not any(n % p == 0 for p in answer):
        answer.add(n)
== wrong_lists
%% letters
letters = [("i", 4), ("m", 1), ("p", 2), ("s", 4)]
%% invert
def invert(d):
    found = {}
    for key in list(d):
        found.setdefault(d.pop(key), []).append(key)
    return found
%% primes
answer = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
== wrong_copies
%% merge
def merge(stock, delivery):
    stock = dict(stock)
    for item, amount in delivery.items():
        stock[item] = stock.get(item, 0) + amount
    return stock
%% common
def common(first, second):
    return sorted(set(first) & set(second))
== crash
%% primes
answer = {n for n in range(2, 30) if all(n % k for k in range(n))}
== changed_test
%% invert-small
prices = {}
assert invert({}) == {}
%% invert
def invert(d):
    return {}
%% letters-values
pass
%% letters
letters = dict.fromkeys("mips", 0)
""",
)

CLASSES = Homework(
    name="hw03",
    form="source",
    schema=2,
    notebooks=(
        Notebook(
            "classes",
            r"""
%% md
# Classes
%% code
import math
from hashlib import sha1
%% md
A class `Vector` in the plane: `Vector(x, y)` has attributes `x` and `y`, a method `length()`, `+`, and equality.
%% answer vector
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    ### BEGIN SOLUTION
    def length(self):
        return math.hypot(self.x, self.y)

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"
    ### END SOLUTION
%% test vector-parts 1
v = Vector(3, 4)
assert isinstance(v, Vector)
assert v.x == 3 and v.y == 4
assert v.length() == 5
%% test vector-sum 2
w = v + Vector(1, -4)
assert isinstance(w, Vector)
assert (w.x, w.y) == (4, 0)
assert (v.x, v.y) == (3, 4), "the sum is a new vector"
%% test vector-equal 1 inside
assert Vector(1, 2) == Vector(1, 2)
assert not Vector(1, 2) == Vector(2, 1)
assert Vector(1, 2) != (1, 2)
%% test vector-repr 1
assert repr(v) == "Vector(3, 4)"
### BEGIN HIDDEN TESTS
assert sha1(repr(w).encode()).hexdigest() == "«sha1 Vector(4, 0)»"
### END HIDDEN TESTS
%% md
An `Account` begins with `balance` 0. `deposit(amount)` and `withdraw(amount)` change it; too large a withdrawal raises
a `ValueError` and leaves it as it is. The class counts its accounts in `Account.opened`.
%% answer account
class Account:
    ### BEGIN SOLUTION
    opened = 0

    def __init__(self):
        self.balance = 0
        Account.opened += 1

    def deposit(self, amount):
        self.balance += amount

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("not enough")
        self.balance -= amount
    ### END SOLUTION
%% test account-moves 2
mine = Account()
mine.deposit(100)
mine.withdraw(30)
assert mine.balance == 70
assert type(mine.balance) in (int, float)
%% test account-raises 1
try:
    mine.withdraw(71)
except ValueError:
    pass
else:
    raise AssertionError("the withdrawal was too large")
assert mine.balance == 70
%% test account-count 1
before = Account.opened
Account(), Account()
assert Account.opened == before + 2
%% md
`Savings` is an `Account` with `Savings(rate)` and `add_interest()`.
%% answer savings
class Savings(Account):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def add_interest(self):
        self.deposit(self.balance * self.rate)
%% test savings-interest 1
nest = Savings(0.25)
nest.deposit(8)
nest.add_interest()
assert nest.balance == 10
assert isinstance(nest, Account)
%% test savings-uses 1 inside
original, Account.deposit = Account.deposit, lambda self, amount: None
try:
    nest.add_interest()
    assert nest.balance == 10, "add_interest should use deposit"
finally:
    Account.deposit = original
""",
        ),
    ),
    works=r"""
== other_way honest
%% vector
from dataclasses import dataclass

@dataclass
class Vector:
    x: float
    y: float

    def length(self):
        return (self.x**2 + self.y**2) ** 0.5

    def __add__(self, other):
        return type(self)(self.x + other.x, self.y + other.y)

    def __repr__(self):
        return "Vector({}, {})".format(self.x, self.y)
%% savings
class Savings(Account):
    def __init__(self, rate):
        Account.__init__(self)
        self._rate = rate

    def add_interest(self):
        return self.deposit(self.balance * self._rate)
== wrong_vector
%% vector
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def length(self):
        return self.x + self.y

    def __add__(self, other):
        self.x += other.x
        self.y += other.y
        return self
== wrong_account
%% account
class Account:
    opened = 0
    balance = 0

    def deposit(self, amount):
        Account.balance += amount

    def withdraw(self, amount):
        self.balance -= amount
        if self.balance < 0:
            raise ValueError("not enough")
%% savings
class Savings(Account):
    def __init__(self, rate):
        self.rate = rate

    def add_interest(self):
        self.balance *= 1 + self.rate
== crash
%% account
class Account:
    def __init__(self):
        self.balance = start
== no_class
%% vector
def Vector(x, y):
    return (x, y)
""",
)
