"""First weeks: numbers, texts and lists."""

from __future__ import annotations

from tests.adopt.nbgrader_courses.writing import Homework, Notebook

NUMBERS = Homework(
    name="numbers",
    form="course",
    gradebook=True,
    notebooks=(
        Notebook(
            "numbers",
            r"""
%% md
# Numbers
Answer in the cells marked for it. Cells with tests may be run as often as you like.
%% locked tools
import hashlib
import math

GRAVITY = 9.81

def fingerprint(value):
    return hashlib.sha1(str(value).encode()).hexdigest()
%% md
A train needs 95 minutes for 152 km. Store its mean speed, in km/h, in `speed`.
%% answer train
speed = 152 / (95 / 60)
%% test train-type 1
assert isinstance(speed, float), "speed should be a number with a point"
%% test train-value 2
assert fingerprint(round(speed, 6)) == "«sha1 96.0»"
%% md
Write `fall_time(height)`: the seconds that a stone falls from `height` metres. The tools have `GRAVITY`.
%% answer fall
def fall_time(height):
    ### BEGIN SOLUTION
    return math.sqrt(2 * height / GRAVITY)
    ### END SOLUTION
%% test fall-one 1
assert abs(fall_time(0)) < 1e-12
assert abs(fall_time(GRAVITY / 2) - 1) < 1e-9
### BEGIN HIDDEN TESTS
heights = [1, 10, 333.3]
for height in heights:
    assert abs(fall_time(height) ** 2 * GRAVITY / 2 - height) < 1e-6, height
### END HIDDEN TESTS
%% test fall-type 1
assert type(fall_time(3)) == float
%% md
Write `digits(n)`: the sum of the decimal digits of a whole number, which may be negative.
%% answer digits
def digits(n):
    return sum(int(each) for each in str(abs(n)))
%% test digits-some 2
for n, expected in [(0, 0), (7, 7), (123, 6), (-45, 9), (10**30, 1)]:
    assert digits(n) == expected, f"digits({n})"
%% test digits-type 1
assert isinstance(digits(99), int) and not isinstance(digits(99), bool)
assert hashlib.md5(str(digits(2**200)).encode()).hexdigest() == "«md5 256»"
%% md
Store the roots of $x^2 - 5x + 6$ in `result`, the smaller one first.
%% answer roots
result = (2.0, 3.0)
%% test roots-value 2
assert isinstance(result, tuple)
assert len(result) == 2
### BEGIN HIDDEN TESTS
assert hashlib.sha1(str(tuple(float(x) for x in result)).encode()).hexdigest() == "«sha1 (2.0, 3.0)»"
### END HIDDEN TESTS
%% md
Now store the largest whole number below 1000 that 37 divides in `result`.
%% answer largest
result = 999 // 37 * 37
%% test largest-value 1
assert type(result) is int
assert hashlib.sha1(str(result).encode()).hexdigest() == "«sha1 999»"
%% md
Why does `0.1 + 0.2 == 0.3` say `False`?
%% written why 3
Neither 0.1 nor 0.2 nor 0.3 has a finite binary expansion, and the errors do not cancel.
""",
        ),
    ),
    works=r"""
== other_way honest
%% train
minutes = 95
kilometres = 152
speed = 60 * kilometres / minutes
%% fall
def fall_time(height):
    return (2 * height / GRAVITY) ** 0.5
%% digits
def digits(n):
    n, total = abs(n), 0
    while n:
        n, last = divmod(n, 10)
        total += last
    return total
%% roots
import numpy as np
result = tuple(float(x) for x in sorted(np.roots([1, -5, 6]).round(9)))
== wrong_types
%% train
speed = "96.0"
%% fall
import numpy as np
def fall_time(height):
    return np.sqrt(2 * height / GRAVITY)
%% roots
result = [2.0, 3.0]
== wrong_signs
%% fall
def fall_time(height):
    return math.sqrt(height / GRAVITY)
%% digits
def digits(n):
    return sum(int(each) for each in str(n))
%% largest
result = 1000 // 37
== crash
%% train
speed = 152 / 0
%% roots
result = (2.0, 3.0
== changed_cells
%% tools
import hashlib
import math

GRAVITY = 10.0

def fingerprint(value):
    return "«sha1 96.0»"
%% train
speed = 1.0
%% train-type
assert True
%% fall
def fall_time(height):
    return math.sqrt(2 * height / 10)
== half_done
%% blank digits roots largest why
""",
)

TEXT = Homework(
    name="ps2-text",
    form="course",
    schema=1,
    notebooks=(
        Notebook(
            "Text and lists",
            r"""
%% md
# Text and lists
%% code
import hashlib
from numpy.testing import assert_equal, assert_raises
%% md
`initials(name)` takes a full name and returns its initials in capitals: `"Emmy Noether"` gives `"E. N."`.
%% answer initials
def initials(name):
    ### BEGIN SOLUTION
    return " ".join(part[0].upper() + "." for part in name.split())
    ### END SOLUTION
%% test initials_1 1
assert_equal(initials("Emmy Noether"), "E. N.")
### BEGIN HIDDEN TESTS
assert_equal(initials("  max   born "), "M. B.")
### END HIDDEN TESTS
%% test initials_2 1
words = ["ada lovelace", "Sofja Wassiljewna Kowalewskaja", "plato"]
found = [initials(each) for each in words]
assert all(type(each) == str for each in found)
assert hashlib.md5(str(found).encode()).hexdigest() == "«md5 ['A. L.', 'S. W. K.', 'P.']»"
%% md
`count_vowels(text)` counts a, e, i, o, u, large or small.
%% answer vowels
def count_vowels(text):
    ### BEGIN SOLUTION
    return sum(letter in "aeiou" for letter in text.lower())
    ### END SOLUTION
%% test vowels_1 1
for each in words:
    assert isinstance(count_vowels(each), int)
assert_equal(count_vowels(""), 0)
%% test vowels_2 2
assert_equal([count_vowels(each) for each in words], [6, 11, 2])
assert count_vowels("AEIOU") == 5
%% md
`clean(readings)` removes all negative numbers from the list **in place** and returns how many it removed.
%% answer clean
def clean(readings):
    ### BEGIN SOLUTION
    kept = [each for each in readings if each >= 0]
    removed = len(readings) - len(kept)
    readings[:] = kept
    return removed
    ### END SOLUTION
%% test clean_1 2
readings = [3, -1, 4, -1, -5, 9]
assert clean(readings) == 3
assert readings == [3, 4, 9], "the list itself should have changed"
%% test clean_2 1
readings = [-1, -1, -2]
clean(readings)
assert isinstance(readings, list)
assert readings == []
%% md
`parse(line)` reads `"name: 1, 2, 3"` as `("name", [1, 2, 3])`, and raises a `ValueError` where there is no colon.
%% answer parse
def parse(line):
    ### BEGIN SOLUTION
    if ":" not in line:
        raise ValueError("a colon is missing")
    name, numbers = line.split(":", 1)
    return name.strip(), [int(each) for each in numbers.split(",") if each.strip()]
    ### END SOLUTION
%% test parse_1 2
assert_equal(parse("a: 1, 2, 3"), ("a", [1, 2, 3]))
### BEGIN HIDDEN TESTS
assert_equal(parse(" b :"), ("b", []))
assert isinstance(parse("c:7")[1][0], int)
### END HIDDEN TESTS
name, numbers = parse("width: 10,20")
assert isinstance(name, str) and isinstance(numbers, list)
%% test parse_2 1
assert_raises(ValueError, parse, "no colon here")
with assert_raises(ValueError):
    parse("a: one")
%% md
Set `name` to the string that `"".join(reversed("drawer"))` makes, without typing it out.
%% answer name
name = "drawer"[::-1]
%% test name_1 1
assert isinstance(name, str)
assert hashlib.sha1(name.encode()).hexdigest() == "«sha1 reward»"
%% program essay 4
# Print the ten commonest words of a text of your choice.
from collections import Counter
print(Counter("to be or not to be".split()).most_common(10))
""",
        ),
    ),
    works=r"""
== other_way honest
%% initials
def initials(name):
    found = ""
    for part in name.split():
        found += part[:1].upper() + ". "
    return found.strip()
%% vowels
import re
def count_vowels(text):
    return len(re.findall("[aeiou]", text, re.IGNORECASE))
%% clean
def clean(readings):
    before = len(readings)
    while any(each < 0 for each in readings):
        readings.remove(min(readings))
    return before - len(readings)
%% name
name = "".join(reversed("drawer"))
== wrong_copy
%% clean
def clean(readings):
    before = len(readings)
    readings = [each for each in readings if each >= 0]
    return before - len(readings)
%% parse
def parse(line):
    name, numbers = line.split(":")
    return [name.strip(), [int(each) for each in numbers.split(",")]]
== wrong_loop
%% clean
def clean(readings):
    removed = 0
    for each in readings:
        if each < 0:
            readings.remove(each)
            removed += 1
    return removed
%% vowels
def count_vowels(text):
    return sum(letter in "aeiou" for letter in text)
== wrong_none
%% initials
def initials(name):
    print(" ".join(part[0].upper() + "." for part in name.split()))
%% parse
def parse(line):
    if ":" not in line:
        raise KeyError("a colon is missing")
    name, numbers = line.split(":", 1)
    return name.strip(), [int(each) for each in numbers.split(",") if each.strip()]
== crash
%% initials
def initials(name)
    return name
%% name
name = reversed("drawer")[0]
== deleted_test
%% vowels
def count_vowels(text):
    return len(text)
%% drop vowels_2 initials_2
""",
)
