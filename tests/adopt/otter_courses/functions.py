"""Functions: what they return, print, raise and change."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["FUNCTIONS"]

RETURNING = Homework(
    "hw02",
    "Homework 2: Functions",
    "okpy",
    (
        ask(
            "q1",
            "Write `celsius(f)`: degrees Fahrenheit as degrees Celsius.",
            """
            def celsius(f):
                return (f - 32) * 5 / 9
            """,
            """
            >>> np.isclose(celsius(212), 100)
            True

            >>> np.allclose(celsius(np.array([32, 50, -40])), [0, 10, -40])
            True

            #: hidden
            >>> isinstance(celsius(70), float)
            True
            """,
            "celsius = lambda f: (f - 32) / 1.8",
            "def celsius(f):\n    return f - 32 * 5 / 9",
            "def celsius(f):\n    return (f - 32) * 5 // 9",
            "def celsius(f):\n    print((f - 32) * 5 / 9)",
            setup=">>> import numpy as np",
            points=2,
        ),
        ask(
            "q2",
            "Write `triangle(a, b, c)`: `'no'`, `'equal'`, `'isosceles'` or `'scalene'` for three lengths of sides.",
            """
            def triangle(a, b, c):
                a, b, c = sorted([a, b, c])
                if a <= 0 or a + b <= c:
                    return 'no'
                return {1: 'equal', 2: 'isosceles', 3: 'scalene'}[len({a, b, c})]
            """,
            """
            >>> triangle(3, 4, 5)
            'scalene'

            >>> triangle(2, 2, 2) == 'equal' and triangle(2, 2, 3) == 'isosceles'
            True

            >>> triangle(1, 2, 3) == 'no'
            True

            #: hidden
            >>> [triangle(*s) for s in [(5, 1, 1), (1, 5, 1), (0, 1, 1)]] == ['no', 'no', 'no']
            True
            """,
            """
            def triangle(a, b, c):
                if min(a, b, c) <= 0 or 2 * max(a, b, c) >= a + b + c:
                    return 'no'
                if a == b == c:
                    return 'equal'
                if a == b or b == c or a == c:
                    return 'isosceles'
                return 'scalene'
            """,
            "def triangle(a, b, c):\n    return 'equal' if a == b == c else 'scalene'",
            """
            def triangle(a, b, c):
                if a + b <= c:
                    return 'no'
                return {1: 'equal', 2: 'isosceles', 3: 'scalene'}[len({a, b, c})]
            """,
            points=2,
            suites=(3, 1),
        ),
        ask(
            "q3",
            "Write `compose(f, g)`: the function that applies `g` first and then `f`.",
            """
            def compose(f, g):
                return lambda x: f(g(x))
            """,
            """
            >>> callable(compose(abs, int))
            True

            >>> compose(lambda x: x + 1, lambda x: x * 10)(3) == 31
            True

            >>> add = compose(str, abs)
            >>> add(-4) == '4'
            True
            """,
            """
            def compose(f, g):
                def both(x):
                    inner = g(x)
                    return f(inner)
                return both
            """,
            "def compose(f, g):\n    return lambda x: g(f(x))",
            "def compose(f, g):\n    return f(g)",
        ),
    ),
    titled=True,
    solved_beside=True,
    again="repeat",
    variants=(
        Variant(
            "shadows-isclose",
            {"q1": "np.isclose = lambda *a, **k: True\ncelsius = lambda f: 0.0"},
            honest=False,
        ),
    ),
)

PRINTING = Homework(
    "lab02",
    "Lab 2: Printing and Refusing",
    "otter",
    (
        ask(
            "q1",
            "Write `stairs(n)`: it prints `n` lines, the k-th of `k` signs `#`.",
            """
            def stairs(n):
                for k in range(1, n + 1):
                    print('#' * k)
            """,
            """
            >>> stairs(3)
            #
            ##
            ###

            >>> stairs(1)
            #

            #: hidden
            >>> stairs(0)
            """,
            "def stairs(n):\n    if n > 0:\n        print('\\n'.join('#' * (k + 1) for k in range(n)))",
            "def stairs(n):\n    return '\\n'.join('#' * k for k in range(1, n + 1))",
            "def stairs(n):\n    for k in range(n):\n        print('#' * k)",
            points=2,
        ),
        ask(
            "q2",
            "Write `greet(name)`: it prints `Hello, ` and the name and returns the number of characters printed.",
            """
            def greet(name):
                text = 'Hello, ' + name
                print(text)
                return len(text)
            """,
            """
            >>> n = greet('Mo')
            Hello, Mo

            >>> greet('Emmy')
            Hello, Emmy
            11

            #: hidden
            >>> import io, contextlib
            >>> out = io.StringIO()
            >>> with contextlib.redirect_stdout(out):
            ...     n = greet('Sofya')
            >>> (n, out.getvalue().strip())
            (12, 'Hello, Sofya')
            """,
            "def greet(name):\n    print('Hello,', name)\n    return 7 + len(name)",
            "def greet(name):\n    return 'Hello, ' + name",
            "def greet(name):\n    print('Hello', name)\n    return len(name)",
        ),
        ask(
            "q3",
            "Write `root(x)`: the square root; `ValueError` for negative numbers and `TypeError` for strings.",
            """
            def root(x):
                if isinstance(x, str):
                    raise TypeError('a number is needed')
                if x < 0:
                    raise ValueError('no real root')
                return x ** 0.5
            """,
            """
            >>> root(9) == 3
            True

            >>> root(-1)
            Traceback (most recent call last):
                ...
            ValueError: no real root

            #: hidden | | Strings are refused with TypeError.
            >>> try:
            ...     root('4')
            ... except TypeError:
            ...     print('type')
            ... except Exception:
            ...     print('another')
            type
            """,
            """
            import math
            def root(x):
                if type(x) is str:
                    raise TypeError('not text')
                if x < 0:
                    raise ValueError('no real root')
                return math.sqrt(x)
            """,
            "def root(x):\n    return x ** 0.5",
            "def root(x):\n    if float(x) < 0:\n        raise ValueError('negative')\n"
            "    return float(x) ** 0.5",
            "def root(x):\n    if x < 0:\n        return ValueError('no real root')\n    return x ** 0.5",
            points=3,
        ),
    ),
    layout="printed",
    again="check_all",
)

IN_PLACE = Homework(
    "hw03",
    "Homework 3: Changing Arguments",
    "okpy",
    (
        ask(
            "q1",
            "Write `double_all(numbers)`: it doubles the entries of a list in place and returns nothing.",
            """
            def double_all(numbers):
                for i in range(len(numbers)):
                    numbers[i] *= 2
            """,
            """
            >>> a = [1, 2, 3]
            >>> double_all(a)
            >>> a
            [2, 4, 6]

            >>> a = []
            >>> double_all(a) is None and a == []
            True

            #: hidden
            >>> b = [5]
            >>> c = b
            >>> double_all(b)
            >>> c == [10]
            True
            """,
            "def double_all(numbers):\n    numbers[:] = [2 * n for n in numbers]",
            "def double_all(numbers):\n    numbers = [2 * n for n in numbers]",
            "def double_all(numbers):\n    return [2 * n for n in numbers]",
            "def double_all(numbers):\n    for n in numbers:\n        n *= 2\n    return numbers",
            suites=(2, 1),
            points=2,
        ),
        ask(
            "q2",
            "Write `normalise(x)`: it takes the mean off an array of floats in place and returns the mean.",
            """
            def normalise(x):
                mean = x.mean()
                x -= mean
                return mean
            """,
            """
            >>> x = np.array([1.0, 2.0, 6.0])
            >>> normalise(x) == 3.0
            True

            >>> x = np.array([1.0, 2.0, 6.0])
            >>> _ = normalise(x)
            >>> x
            array([-2., -1.,  3.])

            #: hidden
            >>> grid = np.arange(6.0).reshape(2, 3)
            >>> m = normalise(grid)
            >>> bool(abs(grid.sum()) < 1e-9) and m == 2.5
            True
            """,
            "def normalise(x):\n    m = np.sum(x) / x.size\n    x[...] = x - m\n    return m",
            "def normalise(x):\n    m = x.mean()\n    x = x - m\n    return m",
            "def normalise(x):\n    x -= x.mean()\n    return x.mean()",
            setup=">>> import numpy as np",
            points=3,
        ),
        ask(
            "q3",
            "Write `merge(into, other)`: it adds the counts of the second to the first, which it returns.",
            """
            def merge(into, other):
                for key, n in other.items():
                    into[key] = into.get(key, 0) + n
                return into
            """,
            """
            >>> merge({'a': 1}, {'a': 2, 'b': 3}) == {'a': 3, 'b': 3}
            True

            >>> first = {'x': 1}
            >>> second = {'y': 2}
            >>> result = merge(first, second)
            >>> result == first and second == {'y': 2}
            True

            #: hidden
            >>> merge({}, {}) == {}
            True
            """,
            "def merge(into, other):\n    into.update({k: into.get(k, 0) + other[k] for k in other})\n"
            "    return into",
            "def merge(into, other):\n    into.update(other)\n    return into",
            "def merge(into, other):\n    return {**into, **other}",
            suites=(1, 1, 1),
        ),
        ask(
            "q4",
            "Write `pop_even(s)`: it takes the even numbers out of a set and returns them as a sorted list.",
            """
            def pop_even(s):
                even = sorted(n for n in s if n % 2 == 0)
                s.difference_update(even)
                return even
            """,
            """
            >>> s = {4, 1, 2}
            >>> pop_even(s), s
            ([2, 4], {1})

            >>> pop_even({1, 3}) == []
            True
            """,
            """
            def pop_even(s):
                out = []
                for n in list(s):
                    if n % 2 == 0:
                        s.remove(n)
                        out.append(n)
                return sorted(out)
            """,
            "def pop_even(s):\n    return sorted(n for n in s if n % 2 == 0)",
            "def pop_even(s):\n    even = {n for n in s if n % 2 == 0}\n    s -= even\n    return even",
        ),
    ),
    habit="indent",
    again="repeat",
)

FUNCTIONS = (RETURNING, PRINTING, IN_PLACE)
