"""Text of a submission's, as others will see it."""

from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.outside.text import clean


@given(st.text(st.characters(), max_size=60))
def test_whatever_comes_in_nothing_invisible_comes_out(text):
    shown = clean(text, 1000)
    assert all(c.isprintable() or c in "\n\t" for c in shown)
    shown.encode()


def test_text_is_cut_at_its_limit():
    assert clean("x" * 100, 10) == "x" * 9 + "…"
    assert clean("σ ≤ é", 10) == "σ ≤ é"
