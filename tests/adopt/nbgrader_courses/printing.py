"""What is printed, what is raised, and a log that is read."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

PRINTING = Homework(
    name="printing",
    form="assignment",
    notebooks=(
        Notebook(
            "printing",
            r"""
%% md
# Printing, and what may go wrong
%% locked header
import contextlib
import hashlib
import io
%% md
`table(n)` prints the multiplication table of `n`, from `n x 1 = ...` to `n x 10`, a line each, and returns nothing.
%% answer table
def table(n):
    for k in range(1, 11):
        print(f"{n} x {k} = {n * k}")
%% test table-lines 2
with contextlib.redirect_stdout(io.StringIO()) as printed:
    answer = table(7)
lines = printed.getvalue().splitlines()
assert answer is None
assert len(lines) == 10
assert lines[0] == "7 x 1 = 7"
%% test table-digest 1
assert hashlib.sha1(lines[-1].encode()).hexdigest() == "«sha1 7 x 10 = 70»"
### BEGIN HIDDEN TESTS
with contextlib.redirect_stdout(io.StringIO()) as printed:
    table(-3)
assert hashlib.md5(printed.getvalue().split("\n")[4].encode()).hexdigest() == "«md5 -3 x 5 = -15»"
### END HIDDEN TESTS
%% md
`safe_divide(a, b)` divides; by zero it raises a `ValueError` that says `cannot divide by zero`.
%% answer divide
def safe_divide(a, b):
    ### BEGIN SOLUTION
    if b == 0:
        raise ValueError("cannot divide by zero")
    return a / b
    ### END SOLUTION
%% test divide-value 1
assert safe_divide(1, 4) == 0.25
### BEGIN HIDDEN TESTS
assert safe_divide(-9, 2) == -4.5
### END HIDDEN TESTS
assert isinstance(safe_divide(4, 2), float)
%% test divide-raises 2
try:
    safe_divide(1, 0)
except ValueError as error:
    assert "cannot divide by zero" in str(error)
else:
    raise AssertionError("no ValueError was raised")
%% md
Write a class `EmptyError`, a kind of `ValueError`, and `mean(values)` that raises it for an empty list.
%% answer empty
class EmptyError(ValueError):
    pass

def mean(values):
    if not values:
        raise EmptyError("no values")
    return sum(values) / len(values)
%% test empty-class 1
assert isinstance(EmptyError, type)
assert issubclass(EmptyError, ValueError)
%% test empty-raises 1
try:
    mean([])
    assert False, "mean([]) should raise"
except EmptyError as error:
    assert type(error) is EmptyError
assert mean([1, 2, 6]) == 3
%% md
`attempts(function, n)` calls `function` until it raises nothing, `n` times at most, and returns the number of calls.
%% answer attempts
def attempts(function, n):
    for number in range(1, n + 1):
        try:
            function()
        except Exception:
            continue
        return number
    return n
%% test attempts-count 2
calls = []
def third_time():
    calls.append(1)
    if len(calls) < 3:
        raise RuntimeError("not yet")
assert attempts(third_time, 10) == 3
assert len(calls) == 3
%% test attempts-limit 1
calls.clear()
assert attempts(third_time, 2) == 2
assert len(calls) == 2
%% md
Print the sum of the squares below 100 in the next cell, and store the line that it prints in `line`.
%% answer line
line = str(sum(k * k for k in range(10)))
print(line)
%% test line-digest 1
assert isinstance(line, str)
assert hashlib.md5(line.encode()).hexdigest() == "«md5 285»"
%% test source-print 1 inside
import inspect
source = inspect.getsource(table)
assert "for " in source or "while " in source, "use a loop"
assert source.count("print") == 1
%% task review 5
Swap notebooks with a neighbour, and say below what you would change.
### BEGIN MARK SCHEME
2 for naming a place, 3 for a reason.
### END MARK SCHEME
""",
        ),
    ),
    works=r"""
== other_way honest
%% table
def table(n):
    k = 1
    while k <= 10:
        print(n, "x", k, "=", n * k)
        k += 1
%% divide
def safe_divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        raise ValueError("you cannot divide by zero here") from None
%% empty
class EmptyError(ValueError):
    def __str__(self):
        return "empty"

def mean(values):
    try:
        return sum(values) / len(values)
    except ZeroDivisionError as error:
        raise EmptyError from error
== wrong_printing
%% table
def table(n):
    for k in range(10):
        print(f"{n} x {k} = {n * k}")
    return n
%% line
print(285)
== wrong_exceptions
%% divide
def safe_divide(a, b):
    if b == 0:
        raise ZeroDivisionError("cannot divide by zero")
    return a / b
%% empty
class EmptyError(Exception):
    pass

def mean(values):
    if not values:
        raise EmptyError
    return sum(values) / len(values)
%% attempts
def attempts(function, n):
    for number in range(n):
        try:
            function()
            return number
        except RuntimeError:
            pass
== crash
%% before header
import no_such_module_anywhere
%% divide
def safe_divide(a, b):
    return a / b
raise SystemError("an accident")
== endless slow
%% attempts
def attempts(function, n):
    count = 0
    while True:
        try:
            function()
        except RuntimeError:
            count = count
== leaves
%% empty
import sys
class EmptyError(ValueError):
    pass

def mean(values):
    if not values:
        sys.exit(0)
    return sum(values) / len(values)
""",
)

LOGS = Homework(
    name="week5",
    form="assignment",
    schema=0,
    notebooks=(
        Notebook(
            "logs",
            r"""
%% md
# Reading a log
%% locked sample
import hashlib

LOG = '''2024-03-01 06:00 18.5
2024-03-01 12:00 24.0
2024-03-02 06:00 17.0
2024-03-02 12:00 bad
2024-03-03 12:00 25.5'''

def check(value, digest):
    return hashlib.md5(repr(value).encode()).hexdigest() == digest
%% md
`read(text)` makes a list of tuples (date, hour, temperature) of a log, without the lines whose number cannot be read.
%% answer read
def read(text):
    rows = []
    for line in text.splitlines():
        date, time, value = line.split()
        try:
            rows.append((date, int(time[:2]), float(value)))
        except ValueError:
            continue
    return rows
%% test read-rows 2
rows = read(LOG)
assert isinstance(rows, list)
assert len(rows) == 4
assert rows[0] == ("2024-03-01", 6, 18.5)
%% test read-types 1
for date, hour, temperature in rows:
    assert isinstance(date, str) and isinstance(hour, int) and isinstance(temperature, float)
%% md
`warmest(rows)` returns the date of the highest temperature, and `None` where there are no rows.
%% answer warmest
def warmest(rows):
    ### BEGIN SOLUTION
    return max(rows, key=lambda row: row[2])[0] if rows else None
    ### END SOLUTION
%% test warmest-date 1
assert check(warmest(rows), "«md5 '2024-03-03'»")
assert warmest([]) is None
%% md
`by_date(rows)` returns a dict from each date to the mean of its temperatures. It must call `average`.
%% answer by_date
def average(values):
    return sum(values) / len(values)

def by_date(rows):
    ### BEGIN SOLUTION
    found = {}
    for date, _, temperature in rows:
        found.setdefault(date, []).append(temperature)
    return {date: average(values) for date, values in found.items()}
    ### END SOLUTION
%% test by-date-values 2
means = by_date(rows)
assert type(means) == dict
assert check(sorted(means.items()), "«md5 [('2024-03-01', 21.25), ('2024-03-02', 17.0), ('2024-03-03', 25.5)]»")
%% test by-date-average 1 inside
kept = average
del average
try:
    by_date(rows)
except NameError:
    pass
else:
    raise AssertionError("by_date should call average")
finally:
    average = kept
    del kept
%% md
Store the number of days in the log in `days`, without counting by hand.
%% answer days
days = len({line.split()[0] for line in LOG.splitlines()})
%% test days-value 1
assert type(days) is int
assert hashlib.sha1(str(days).encode()).hexdigest() == "«sha1 3»"
%% md
`hottest_first(rows)` yields the temperatures one after the other, the highest first: write a generator.
%% answer hottest
def hottest_first(rows):
    ### BEGIN SOLUTION
    for row in sorted(rows, key=lambda row: -row[2]):
        yield row[2]
    ### END SOLUTION
%% test hottest-values 1
assert list(hottest_first(rows)) == [25.5, 24.0, 18.5, 17.0]
### BEGIN HIDDEN TESTS
assert hashlib.sha1(str(list(hottest_first(rows[:2]))).encode()).hexdigest() == "«sha1 [24.0, 18.5]»"
### END HIDDEN TESTS
%% test hottest-generator 1 inside
import inspect
assert inspect.isgeneratorfunction(hottest_first)
walk = hottest_first(rows)
assert next(walk) == 25.5 and next(walk) == 24.0
%% written discuss 2
The line of the second day at noon is lost: its mean is that of one reading.
""",
        ),
    ),
    works=r"""
== other_way honest
%% read
import re
def read(text):
    found = re.findall(r"(\S+) (\d\d):\d\d ([\d.]+)$", text, re.MULTILINE)
    return [(date, int(hour), float(value)) for date, hour, value in found]
%% warmest
def warmest(rows):
    best = None
    for row in rows:
        if best is None or row[2] > best[2]:
            best = row
    return best and best[0]
%% days
days = 0
last = ""
for line in LOG.split("\n"):
    if line[:10] != last:
        days += 1
        last = line[:10]
== wrong_rows
%% read
def read(text):
    return [line.split() for line in text.splitlines()]
== wrong_means
%% by_date
def average(values):
    return sum(values) / len(values)

def by_date(rows):
    found = {}
    for date, _, temperature in rows:
        found[date] = temperature
    return found
%% hottest
def hottest_first(rows):
    return sorted((row[2] for row in rows), reverse=True)
== crash
%% read
def read(text):
    return [(line[:10], int(line[11:13]), float(line[17:])) for line in text.splitlines()]
== deleted_test
%% drop by-date-average days-value
%% warmest
def warmest(rows):
    return rows[-1]
""",
)
