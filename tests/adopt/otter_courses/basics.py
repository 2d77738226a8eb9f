"""First weeks of an introduction: names, lists, dictionaries, sets."""

from __future__ import annotations

from .homework import Homework, ask

__all__ = ["BASICS"]

NAMES = Homework(
    "hw01",
    "Homework 1: Names and Arithmetic",
    "okpy",
    (
        ask(
            "q1",
            "A ferry carries 38 cars a trip and makes 7 trips a day. Set `cars` to the number of cars in 30 days.",
            "cars = 38 * 7 * 30",
            """
            >>> type(cars) in {int, float}
            True

            >>> cars == 7980
            True
            """,
            "trips = 7 * 30\ncars = trips * 38",
            "cars = 38 * 7",
            "cars = '7980'",
            "cars = 38 + 7 * 30",
        ),
        ask(
            "q2",
            "A jar holds 2.75 litres and is 40 percent full. Set `rest` to the litres that still fit.",
            "rest = 2.75 * (1 - 0.4)",
            """
            >>> isinstance(rest, float)
            True

            >>> abs(rest - 1.65) < 1e-9
            True
            """,
            "rest = 2.75 - 2.75 * 40 / 100",
            "rest = 2.75 * 0.4",
            "rest = 2",
        ),
        ask(
            "q3",
            "Set `whole` to the full dozens in 1000 eggs and `left` to the eggs over.",
            "whole = 1000 // 12\nleft = 1000 % 12",
            """
            >>> isinstance(whole, int) and isinstance(left, int)
            True

            >>> whole == 83
            True

            >>> left == 4
            True

            #: hidden
            >>> total = whole * 12 + left
            >>> total == 1000
            True
            """,
            "whole, left = divmod(1000, 12)",
            "whole = 1000 / 12\nleft = 4",
            "whole = 83\nleft = 0",
            points=3,
        ),
        ask(
            "q4",
            "Which is larger, `2 ** 10` or `10 ** 3`? Set `larger` to `'a'` or `'b'`.",
            "larger = 'a'",
            """
            >>> larger in ('a', 'b')
            True

            #: hidden
            >>> larger == 'a'
            True
            """,
            "larger = 'a' if 2 ** 10 > 10 ** 3 else 'b'",
            "larger = 'b'",
            "larger = 'A'",
        ),
    ),
    imports="import math",
    titled=True,
    again="check_all",
    solved_beside=True,
    messages=False,
)

LISTS = Homework(
    "lists",
    "Lists and Loops",
    "bare",
    (
        ask(
            "q1_1",
            "Set `squares` to a list of the squares of 1 to 12.",
            "squares = [n ** 2 for n in range(1, 13)]",
            """
            >>> type(squares) == list
            True

            >>> len(squares) == 12
            True

            #: hidden points=2
            >>> squares == [1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121, 144]
            True
            """,
            "squares = []\nfor n in range(12):\n    squares.append((n + 1) * (n + 1))",
            "squares = [n ** 2 for n in range(12)]",
            "squares = tuple(n ** 2 for n in range(1, 13))",
            "squares = [n * 2 for n in range(1, 13)]",
            points=4,
        ),
        ask(
            "q1_2",
            "Write `chunks(items, n)`: a list of the pieces of length `n`, the last one shorter if need be.",
            """
            def chunks(items, n):
                return [items[i:i + n] for i in range(0, len(items), n)]
            """,
            """
            >>> type(chunks([1, 2, 3, 4], 2)) == list
            True

            >>> chunks([1, 2, 3, 4], 2) == [[1, 2], [3, 4]]
            True

            >>> chunks('abcde', 2) == ['ab', 'cd', 'e']
            True

            #: hidden
            >>> chunks([], 3) == []
            True

            #: hidden
            >>> pieces = chunks(list(range(100)), 7)
            >>> all(len(p) == 7 for p in pieces[:-1]) and len(pieces[-1]) == 2
            True
            """,
            """
            def chunks(items, n):
                out = []
                while len(items):
                    out.append(items[:n])
                    items = items[n:]
                return out
            """,
            "def chunks(items, n):\n    return [items[i:i + n] for i in range(0, len(items) - n + 1, n)]",
            "def chunks(items, n):\n    return [list(items[i:i + n]) for i in range(0, len(items), n)]",
            "def chunks(items, n):\n    return items[:n], items[n:]",
        ),
        ask(
            "q1_3",
            "Set `pairs` to a set of the tuples `(a, b)` with `a` below `b` below 5 and an even sum; both from 0 on.",
            "pairs = {(a, b) for a in range(5) for b in range(a + 1, 5) if (a + b) % 2 == 0}",
            """
            >>> isinstance(pairs, set)
            True

            >>> sorted(pairs)
            [(0, 2), (0, 4), (1, 3), (2, 4)]
            """,
            "pairs = {(0, 2), (2, 4), (0, 4), (1, 3)}",
            "pairs = {(a, b) for a in range(5) for b in range(5) if (a + b) % 2 == 0}",
            "pairs = [(0, 2), (0, 4), (1, 3), (2, 4)]",
        ),
        ask(
            "q1_4",
            "Explain in a sentence why `squares` must not be called `list`.",
            "The name `list` would then no longer be the type.",
            manual=True,
            points=2,
        ),
    ),
    imports="",
    again="repeat",
)

DICTIONARIES = Homework(
    "proj1",
    "Project 1: A Shop's Ledger",
    "okpy",
    (
        ask(
            "q1",
            "Set `stock` to a dictionary from `goods` to `amounts`.",
            "stock = dict(zip(goods, amounts))",
            """
            >>> isinstance(stock, dict)
            True

            >>> stock['rope'] == 12 and len(stock) == 4
            True
            """,
            "stock = {}\nfor i in range(len(goods)):\n    stock[goods[i]] = amounts[i]",
            "stock = list(zip(goods, amounts))",
            "stock = dict(zip(amounts, goods))",
            before="goods = ['lamp', 'rope', 'nail', 'oil']\namounts = [3, 12, 400, 7]",
        ),
        ask(
            "q2",
            "Write `worth(stock, prices)`: the value of all goods; goods without a price count nothing.",
            """
            def worth(stock, prices):
                return sum(n * prices.get(name, 0) for name, n in stock.items())
            """,
            """
            >>> worth({'lamp': 2}, {'lamp': 5}) == 10
            True

            >>> worth({'lamp': 2, 'oil': 3}, {'oil': 4, 'rope': 9}) == 12
            True

            >>> prices = {'lamp': 4, 'rope': 2, 'nail': 0.25, 'oil': 6}
            >>> worth(stock, prices) == 178
            True

            #: hidden
            >>> worth({}, {}) == 0
            True
            """,
            """
            def worth(stock, prices):
                total = 0
                for name in stock:
                    if name in prices:
                        total += stock[name] * prices[name]
                return total
            """,
            "def worth(stock, prices):\n    return sum(stock[name] * prices[name] for name in stock)",
            "def worth(stock, prices):\n    return sum(prices.values())",
            "def worth(stock, prices):\n    return str(sum(n * prices.get(k, 0) for k, n in stock.items()))",
            suites=(2, 2),
            points=2,
        ),
        ask(
            "q3",
            "Write `sell(stock, name, n)`: it takes `n` from the stock in place and returns nothing. "
            "It raises `ValueError` if there are too few.",
            """
            def sell(stock, name, n):
                if stock.get(name, 0) < n:
                    raise ValueError(f'only {stock.get(name, 0)} of {name}')
                stock[name] -= n
            """,
            """
            >>> shelf = {'cup': 5}
            >>> sell(shelf, 'cup', 2)
            >>> shelf == {'cup': 3}
            True

            >>> shelf = {'cup': 5, 'jug': 1}
            >>> sell(shelf, 'jug', 1) is None and shelf['jug'] == 0
            True

            >>> sell({'cup': 1}, 'cup', 2)
            Traceback (most recent call last):
            ValueError: only 1 of cup

            #: hidden
            >>> shelf = {'cup': 1}
            >>> try:
            ...     sell(shelf, 'bowl', 1)
            ... except ValueError:
            ...     print('refused')
            refused
            """,
            """
            def sell(stock, name, n):
                have = stock[name] if name in stock else 0
                if n > have:
                    raise ValueError('only ' + str(have) + ' of ' + name)
                stock[name] = have - n
            """,
            "def sell(stock, name, n):\n    stock = dict(stock)\n    stock[name] -= n",
            "def sell(stock, name, n):\n    stock[name] = stock[name] - n\n    return stock",
            "def sell(stock, name, n):\n    if stock[name] < n:\n        raise Exception(n)\n"
            "    stock[name] -= n",
            suites=(2, 2),
            points=3,
        ),
        ask(
            "q4",
            "Set `low` to the set of goods of which there are fewer than ten.",
            "low = {name for name in stock if stock[name] < 10}",
            """
            >>> isinstance(low, set)
            True

            >>> low == {'lamp', 'oil'}
            True

            >>> len(low) == 2
            True
            """,
            "low = set(filter(lambda name: stock[name] < 10, stock))",
            "low = {'lamp'}",
            "low = ['lamp', 'oil']",
        ),
    ),
    imports="",
    crash="q1",
)

BASICS = (NAMES, LISTS, DICTIONARIES)
