"""Two engines for regular expressions give one verdict, and what they read differently is refused."""

from __future__ import annotations

import random
import re

import pytest

from grader import regular
from grader.checks.words import tidy
from grader.regular import linear, matches, refusal
from tests.waiting import ends_within


@pytest.fixture
def at_home(monkeypatch):
    """A machine without google-re2."""
    regular._compiled.cache_clear()
    monkeypatch.setattr(regular, "linear", lambda: None)
    yield
    regular._compiled.cache_clear()


GOOD = [
    (r"\d{4}", "2026", "in 2026"), ("(19|20)\\d\\d", "1951", "1851"), ("adam(w)?", "AdamW", "adamx"),
    ("l[12][- ]?(norm|regulari[sz]ation)", "L2 regularisation", "L3 norm"), ("poincar[eé]", "POINCARÉ", "poincara"),
    (r"o\(n(\^2|²|\*\*2)?\)", "O(n^2)", "O(n^3)"), ("(?:a|b)*?c", "ababc", "abab"),
    (r"\bmean\b.*", "mean of x", "means"),
    (r"[^\W\d_]+", "word", "word1"), (r"", "", "x"), (r".", "é", "éé"), (r"[а-я]+", "РЕГРЕССИЯ", "regression"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "right", "wrong"), GOOD)
def test_what_fits(pattern, right, wrong):
    assert refusal(pattern) == ""
    assert matches(pattern, right)
    assert not matches(pattern, wrong)


@pytest.mark.parametrize(("pattern", "right", "wrong"), GOOD)
def test_at_home_the_verdict_is_the_same(at_home, pattern, right, wrong):
    assert matches(pattern, right)
    assert not matches(pattern, wrong)


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\1", "(?P<n>a)(?P=n)", "(?=a)a", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)?(?(1)b|c)", "a++", "(?>a)b", "a{,3}",
     "[[:alpha:]]+", "[a&&b]", r"\pL", r"\Z", r"\z", "(?<n>a)", "(?x)a b", "(?U)a*", r"\Qa.b\E", "(?#x)a", r"\101",
     r"\xe9", "(?i)é", "ß", "(", "[", "a**", "a{1001}", r"\N{BULLET}", "(?u)a", r"\C"],
)  # fmt: skip
def test_what_the_engines_read_differently_is_refused(pattern):
    assert refusal(pattern)


def test_where_re2_is_missing_nothing_is_promised(at_home):
    assert "pip install google-re2" in refusal("a")


def test_no_text_takes_long():
    with ends_within(processor_seconds=20):  # an engine that tries one way after another would take years
        assert not matches(r"(a+)+b", "a" * 1_000)
        assert not matches(r"(a|aa)*(a|aa)*(a|aa)*b", "a" * 1_000)


PIECES = [
    *r"a B é É [a-c] [^a] [^é] \d \w \W \s \b \B . ^ $ | ( ) (?: * + ? {2} {0,2} *? (?i) (?i: - K s \.".split(),
    *"[é-ï] [A-z] {,2}".split(), " ",
]  # fmt: skip
LETTERS = "aAbBcéÉèſK1٣ -_.ks\u212aİı"


def test_random_patterns_have_the_same_verdict_in_both_engines():
    """The engine of a student's machine and that of grading, on what `refusal` lets through."""
    generator, tried, fitted = random.Random(7), 0, 0
    while tried < 2_000:
        pattern = "".join(generator.choice(PIECES) for _ in range(generator.randint(1, 7)))
        if refusal(pattern):
            continue
        tried += 1
        case = generator.random() < 0.3
        for _ in range(6):
            # As `check_text` gives it: never empty, one form of each letter.
            text = tidy("".join(generator.choice(LETTERS) for _ in range(generator.randint(1, 6)))) or "x"
            ours = matches(pattern, text, case=case)
            flags = re.ASCII if case else re.ASCII | re.IGNORECASE
            folded = (lambda given: given) if case else regular._folded
            theirs = re.compile(folded(pattern), flags).fullmatch(folded(text)) is not None
            assert ours == theirs, (pattern, text, case)
            fitted += ours
    assert fitted > 200
    assert linear() is not None
