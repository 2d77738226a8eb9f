"""Cells that are lists and arrays: told apart to the last entry, copied and counted with all that they hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from grader import CheckFailed, LocalStudent, StudentError, check_pure, check_table, check_uses_rng
from grader.student import changes, copied
from grader.tables import Column, Malformed, NotCarried, nbytes, plain_of, same_bits, table_of
from grader.tables.cells import form_of
from tests.tables.test_columns import there_and_back
from tests.waiting import ends_within

ZEROS = np.zeros(2000)
MIDDLE = np.where((np.arange(2000) >= 5) & (np.arange(2000) < 1900), 7.0, 0.0)


def column(*cells) -> pd.DataFrame:
    made = np.empty(len(cells), object)
    for place, cell in enumerate(cells):
        made[place] = cell
    return pd.DataFrame({"a": pd.Series(made, dtype=object)})


DIFFERENT = [
    (ZEROS, MIDDLE),
    (ZEROS, ZEROS + 1e-7),
    ([ZEROS, "x"], [MIDDLE, "x"]),
    ((ZEROS,), (MIDDLE,)),
    ({"k": ZEROS}, {"k": MIDDLE}),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (np.array(["2026-01-01"], "M8[D]"), np.array(["2026-01-02"], "M8[D]")),
    (np.array(["a", "b"]), np.array(["ab", ""])),
    (["a", "b"], ["a', 'b"]),
    ([1, "x"], [2, "x"]),
    ([2**60], [2**60 + 1]),
    ([], [[]]),
    ([1.0, 2.0], [1.0 + 1e-7, 2.0]),
    (np.array([1j, 1]), np.array([1j, 2])),
    (b"ab", "ab"),
]
SAME = [
    (ZEROS + 0.0, ZEROS),
    ([0.1 + 0.2, 1], (0.3, 1.0)),
    (np.array([0.1 + 0.2]), [0.3]),
    (np.array([np.nan, 1]), np.array([-np.nan, 1])),
    ({"k": 1, "l": 2}, {"l": 2, "k": 1}),
    (np.array(["a", "bc"]), np.array(["a", "bc"], "U9")),
    ([None, "x", b"y"], [None, "x", b"y"]),
    (True, 1),
]


@pytest.mark.parametrize("crosses", [False, True])
@pytest.mark.parametrize("ordered", [False, True])
def test_cells_are_compared_to_their_last_entry(ordered, crosses):
    for one, other in DIFFERENT:
        got, right = column(one, "x"), column(other, "x")
        with pytest.raises(CheckFailed, match=r"table\['a'\]"):
            check_table(there_and_back(got) if crosses else got, right, ordered=ordered)
    for one, other in SAME:
        got, right = column(one, "x"), column(other, "x")
        check_table(there_and_back(got) if crosses else got, right, ordered=ordered)


def test_rows_are_found_by_cells_that_were_rounded_otherwise():
    cells = np.random.default_rng(1).normal(size=(300, 4))
    noisy = [cell * (1 + 1e-13) for cell in cells]
    check_table(column(*noisy[::-1]), column(*cells), ordered=False)
    check_table(column(*noisy[::-1]), column(*map(list, cells)), ordered=False)
    check_table(column([2**60], [2**60 + 1]), column([2**60 + 1], [2**60]), ordered=False)
    noisy[7] = noisy[7] + [0, 0, 1e-6, 0]
    with pytest.raises(CheckFailed, match="wrong in 1 row of 300"):
        check_table(column(*noisy[::-1]), column(*cells), ordered=False)


def test_a_cell_that_was_changed_in_place_is_found():
    for cell in (ZEROS, [1, [2]], {"k": [1]}, (ZEROS, 1)):
        given = column(cell, "x")
        for table in (given, given["a"]):
            before = copied(table)
            assert changes((before,), {}, (table,), {}) == ()
            held = (table if table is not given else table["a"]).iloc[0]
            inner = held["k"] if isinstance(held, dict) else held[0] if isinstance(held, tuple) else held
            inner[-1] = 5 if inner[-1] != 5 else 6
            assert changes((before,), {}, (table,), {}) == ("0",)

    def spoils(table):
        table["a"].iloc[0][1000] = 7.0
        return 1.0

    with pytest.raises(CheckFailed, match="changes argument 1 in place"):
        check_pure(spoils, column(np.zeros(2000), np.zeros(2000)))


def test_bits_of_cells_and_draws_of_a_generator():
    assert same_bits(table_of(column(ZEROS, [1])), table_of(column(ZEROS.copy(), [1])))
    for one, other in [(ZEROS, MIDDLE), ([1], [1.0]), ([1], (1,)), (ZEROS, ZEROS + 1e-12)]:
        assert not same_bits(table_of(column(one)), table_of(column(other)))
    check_uses_rng(lambda rng: column(np.concatenate([ZEROS, rng.normal(size=3), ZEROS])))


def test_a_form_is_of_all_that_a_cell_holds():
    cells = [
        None,
        True,
        1,
        1.0,
        1j,
        "1",
        b"1",
        [],
        (),
        {},
        [1],
        (1,),
        {1: 1},
        np.float32(1),
        np.ones(1),
        2**9000,
    ]
    assert len({form_of(cell) for cell in cells}) == len(cells)
    assert form_of("\ud800") == form_of("\ud800")
    assert form_of(np.full(2, 1, np.longdouble)) == form_of(np.full(2, 1, np.longdouble))


def test_categories_count_as_often_as_they_are_there():
    long = pd.Series(pd.Categorical.from_codes([0] * 50, ["x" * 100_000]))
    assert nbytes(table_of(long)) > 5_000_000
    assert nbytes(table_of(column([ZEROS, [ZEROS]]))) > 2 * ZEROS.nbytes
    words = pd.Categorical.from_codes(np.zeros(1_000_000, np.int8), ["Zürich, Bahnhof"])
    plain_of(pd.DataFrame({"a": words, "b": words}))


@pytest.mark.parametrize(
    "entry",
    ["x" * 2_000_000, b"x" * 2_000_000, (1.5,) * 250_000, (np.zeros(250_000),), [{"k": "x" * 2_000_000}]],
)
def test_no_categories_multiply_what_they_hold(entry):
    cells = {"kind": "objects", "values": [entry, None]}
    many = {"kind": "categories", "values": np.arange(200) % 2, "parts": [cells]}
    with pytest.raises(Malformed, match="a column's categories stand for more than 64 MB"):
        Column.of_plain(many)
    Column.of_plain({**many, "values": np.arange(20) % 2})
    again = {
        "kind": "categories",
        "values": np.zeros(200, np.int8),
        "parts": [{**many, "values": np.zeros(1, int)}],
    }
    with pytest.raises(Malformed, match="stand for more than 64 MB"):
        Column.of_plain(again)


def test_a_table_whose_categories_are_far_too_large_is_refused_with_a_sentence():
    large = pd.Categorical.from_codes(np.arange(100) % 2, ["x" * 1_000_000 + end for end in "ab"])
    student = LocalStudent({"f": lambda: pd.DataFrame({"a": large})})
    with pytest.raises(
        StudentError, match="`f` returned a DataFrame that cannot be checked: let its columns"
    ) as told:
        student.f()
    assert "a column's categories stand for more than 64 MB" in told.value.detail
    three = {str(i): large[:60] for i in range(3)}
    with pytest.raises(NotCarried, match="a table's categories stand for more than 128 MB"):
        plain_of(pd.DataFrame(three))


def test_far_too_many_rows_are_only_counted():
    rows = pd.DataFrame(
        {"a": pd.Categorical.from_codes(np.arange(2_000_000) % 2, ["x" * 25 + end for end in "ab"])}
    )
    with (
        ends_within(processor_seconds=10),
        pytest.raises(CheckFailed, match="has 2,000,000 rows, but 2 rows were"),
    ):
        check_table(there_and_back(rows), pd.DataFrame({"a": ["a", "b"]}))
