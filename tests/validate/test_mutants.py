"""Mutants change one thing at a time."""

import ast

import pytest

from grader.validate.mutants import mutants

SOURCE = '''
def f(z: Array, n: int = 2) -> Array:
    """Words that are no code."""
    total = np.zeros(n)
    for i in range(0, n):
        total[i] -= 0.5 * z[i : i + 1].sum(axis=1, keepdims=True).T
    return total if n > 1 else -total
'''


def bodies(source):
    node = ast.parse(source).body[0]
    return [mutant.source for mutant in mutants(node)]


@pytest.mark.parametrize(
    "line",
    [
        "total[i] += 0.5 *",
        "total[i] = 0.5 *",
        "0.5 / z[i:i + 1]",
        "1.0 * z",
        "0.25 * z",
        "sum(axis=2, keepdims=True)",
        "sum(keepdims=True)",
        "sum(axis=1).T",
        "sum(axis=1, keepdims=False)",
        "mean(axis=1, keepdims=True)",
        "keepdims=True)\n",
        "z[i:]",
        "z[:i + 1]",
        "z[i:i - 1]",
        "range(1, n)",
        "range(0, n + 1)",
        "range(0, n - 1)",
        "np.ones(n)",
        "n >= 1 else",
        "n < 1 else",
        "if not n > 1",
        "else total",
        "return None",
        "n=3",
    ],
)
def test_each_rule_makes_its_mutant(line):
    assert any(line in source for source in bodies(SOURCE))


def test_mutants_are_distinct_valid_and_not_the_original():
    found = bodies(SOURCE)
    assert len(found) == len(set(found)) > 30
    original = ast.unparse(ast.parse(SOURCE))
    for source in found:
        compile(source, "<mutant>", "exec")
        assert source.strip() != original.strip()
    assert not any("Words" in source for source in found)


def test_a_mutant_shows_the_line_that_it_changes():
    node = ast.parse("def f(x):\n    y = x + 1\n    return y\n").body[0]
    (minus,) = [m for m in mutants(node) if m.becomes == "y = x - 1"]
    assert (minus.was, minus.kind) == ("y = x + 1", "operator")


def test_methods_of_a_class_are_mutated():
    found = bodies("class Adam:\n    def step(self, g):\n        self.t += 1\n        return self.t * g\n")
    assert any("self.t -= 1" in source for source in found)
    assert any("self.t / g" in source for source in found)
