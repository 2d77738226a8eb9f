"""Text of a submission's, as others will see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.results import StudentIdentity
from grader.text import clean, clean_name


@given(st.text(st.characters(), max_size=60))
def test_whatever_comes_in_nothing_invisible_comes_out(text):
    shown = clean(text, 1000)
    assert all(c.isprintable() or c in "\n\t" for c in shown)
    shown.encode()


def test_text_is_cut_at_its_limit():
    assert clean("x" * 100, 10) == "x" * 9 + "…"
    assert clean("σ ≤ é", 10) == "σ ≤ é"


@given(st.text(st.characters(), max_size=60))
def test_names_stand_in_one_line_and_are_cleaned_once(text):
    shown = clean_name(text)
    assert all(c.isprintable() or c in "\u200c\u200d" for c in shown)
    shown.encode()
    assert clean_name(shown) == shown


@pytest.mark.parametrize("name", ["Ada", "علی\u200cرضا", "क्\u200dष", "José 李", "O'Brien"])
def test_names_as_people_write_them_stay(name):
    assert StudentIdentity(name=name).name == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("G\x1b]0;owned\x07", "G\\x1b]0;owned\\x07"),
        ("H\x1b[2J", "H\\x1b[2J"),
        ("a\r=1+1\nb", "a\\r=1+1\\nb"),
        ("\x9b31m\u202eevil", "\\x9b31m\\u202eevil"),
        ("\udcff\udcfe", "\\udcff\\udcfe"),
        ("a\u200db", "a\\u200db"),
    ],
)
def test_identities_are_clean_wherever_they_come_from(name, shown):
    assert StudentIdentity(name, name, name) == StudentIdentity(shown, shown, shown)
