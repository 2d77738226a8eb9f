"""Tables that no encoder makes: whatever is changed in one, it is refused, or it is a table that can be judged."""

from __future__ import annotations

import random
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
import pytest

from grader import CheckFailed, check_close, check_table
from grader.errors import WireError
from grader.judge.calls import behaviour, same_value
from grader.judge.cells import cells_of
from grader.sandbox.crossing.codec import TABLE, Decoder, Encoder
from grader.student import Call
from grader.tables import Malformed, Table, Texts, table_of
from tests.tables.test_columns import TABLES

KINDS = ["numbers", "texts", "objects", "times", "durations", "categories", "periods", "intervals"]
OTHERS: list[Any] = [
    None, True, -1, 2**63, "", "UTC", "left", "M", "object", "range", "str", 0.5, [], {}, [1], [None, "a"],
    (1, ("a", (2,))),
    np.zeros(2), np.zeros((2, 2)), np.arange(3), np.array([True, False]), np.array(["a"]), np.zeros(3, "M8[as]"),
    np.full(3, 2**63 - 1).view("M8[ns]"), np.full(3, -(2**63)).view("m8[Y]"), np.array([2**63 - 1, -1, 0]),
    Texts(np.array(["a", "b", "c"], object)), *({"kind": kind, "values": np.arange(3)} for kind in KINDS),
]  # fmt: skip


def changed(rng: random.Random, value: Any, depth: int = 0) -> Any:
    """The same with one part replaced by something else."""
    if depth and rng.random() < 0.25:
        return rng.choice(OTHERS)
    if isinstance(value, dict) and value:
        key = rng.choice(list(value))
        if rng.random() < 0.1:
            return {name: part for name, part in value.items() if name != key}
        if key == "kind" and rng.random() < 0.7:
            return {**value, "kind": rng.choice(KINDS)}
        return {**value, key: changed(rng, value[key], depth + 1)}
    if isinstance(value, list) and value:
        place = rng.randrange(len(value))
        if rng.random() < 0.1:
            return [*value, *value][: place + len(value)]
        return [*value[:place], changed(rng, value[place], depth + 1), *value[place + 1 :]]
    return rng.choice(OTHERS)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.filterwarnings("ignore")
def test_a_changed_table_is_refused_or_can_be_judged(seed):
    rng = random.Random(seed)
    accepted = 0
    for table in rng.sample(list(TABLES.values()), 20):
        for _ in range(25):
            plain = table_of(table).plain()
            for _ in range(rng.choice((1, 1, 2, 3))):
                plain = changed(rng, plain)
            try:
                back = decoded(plain)
            except WireError:
                continue
            accepted += 1
            judge(back, table)
    assert accepted > 20


@pytest.mark.parametrize("kind", ["intervals", "categories", "periods", "times"])
def test_a_table_of_datascience_has_no_column_of_another_library(kind):
    numbers = {"kind": "numbers", "values": np.arange(2)}
    columns = {
        "intervals": {"kind": kind, "how": "left", "parts": [numbers, numbers]},
        "categories": {"kind": kind, "values": np.zeros(2, int), "parts": [numbers]},
        "periods": {"kind": kind, "values": np.arange(2), "how": "M"},
        "times": {"kind": kind, "values": np.zeros(2, "M8[s]"), "zone": "UTC"},
    }
    plain = {
        "library": "datascience.Table", "labels": ["a", "b"], "columns": [columns[kind], numbers],
        "index": [], "index_names": [], "columns_names": [],
    }  # fmt: skip
    with pytest.raises(Malformed, match="a column of another library"):
        Table.of_plain(plain)
    Table.of_plain({**plain, "columns": [numbers, numbers]})


def decoded(plain: Any) -> Any:
    encoder = Encoder()
    node = [TABLE, encoder.node(plain)]
    return Decoder(encoder.headers, bytearray(b"".join(encoder.buffers)), lambda _: None).value(node)


def judge(back: Any, table: Any) -> None:
    call = Call("f", (), {}, back, "")
    same_value(back, table)
    behaviour([call])
    cells_of([call])
    checks = (
        partial(check_table, back, table),
        partial(check_table, back, table, ordered=False),
        partial(check_close, back, 1.0),
    )
    for check in checks:
        with suppress(CheckFailed):  # anything else is an error of ours
            check()
