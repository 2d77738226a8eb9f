"""What crosses the border comes back the same; what nobody sends is refused, cheaply."""

import math
import time
import tracemalloc

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import WireError
from grader.sandbox.crossing.arrays import DTYPES, MAX_ARRAYS, ArrayHeader, arrays_of
from grader.sandbox.crossing.channel import MAX_HEADER, Body
from grader.sandbox.crossing.codec import (
    ARRAY,
    BIGINT,
    COMPLEX,
    DICT,
    HANDLE,
    LIST,
    MAX_ALIKE,
    MAX_BIGINT_DIGITS,
    MAX_DEPTH,
    MAX_DICT,
    MAX_NODES,
    SCALAR,
    TUPLE,
    Decoder,
    Encoder,
)  # fmt: skip
from grader.sandbox.crossing.messages import FromSandbox, Outcome, Outcomes
from grader.sandbox.crossing.texts import shaped


def no_reference(value):
    raise TypeError(f"no {type(value)}")


def no_resolve(node):
    raise WireError("no references here")


def there_and_back(value):
    encoder = Encoder(no_reference)
    message = Outcomes(outcomes=[Outcome(encoder.node(value))], arrays=encoder.headers)
    raw = msgspec.msgpack.encode(message)
    body = bytearray(b"".join(encoder.buffers))
    received = msgspec.msgpack.decode(raw, type=FromSandbox)
    return Decoder(received.arrays, body, no_resolve).value(received.outcomes[0].value)


def same(a, b):
    if isinstance(a, np.ndarray | np.generic):
        return type(a) is type(b) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return a == b


big = 16 ** (MAX_BIGINT_DIGITS - 2)
plain = (
    st.none() | st.booleans() | st.integers(-big, big) | st.floats() | st.complex_numbers()
    | st.text(st.characters(exclude_categories=["Cs"])) | st.binary()
)  # fmt: skip
keys = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers()
    | st.tuples(st.integers(), st.text("ab"))
)


@st.composite
def arrays(draw):
    dtype = draw(st.sampled_from(sorted(DTYPES)))
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=4)))
    count = math.prod(shape) * DTYPES[dtype].itemsize
    raw = draw(st.binary(min_size=count, max_size=count))
    if DTYPES[dtype].kind == "b":
        raw = bytes(byte & 1 for byte in raw)
    array = np.frombuffer(raw, DTYPES[dtype]).reshape(shape)
    return np.asfortranarray(array) if draw(st.booleans()) else array


values = st.recursive(
    plain | arrays(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
@settings(max_examples=150, deadline=None)
def test_values_come_back_as_they_were(value):
    assert same(there_and_back(value), value)


def test_views_of_any_stride_come_back_as_they_were():
    base = np.arange(60.0).reshape(3, 4, 5)
    for view in (base[::-1], base.T, base[:, ::2], base[..., 1], np.broadcast_to(base[0], (2, 4, 5))):
        assert same(there_and_back(view), np.array(view))


@pytest.mark.parametrize(
    ("value", "back"),
    [
        (np.float64(1.5), np.float64(1.5)),
        (np.str_("a"), "a"),
        (np.array([1, 2], dtype=">i4"), np.array([1, 2], dtype="<i4")),
        (np.array([1.0, 2.0], dtype=object), np.array([1.0, 2.0])),
        (np.array(["a", "b"]), np.array(["a", "b"])),
        (bytearray(b"x"), b"x"),
        ("\ud800", "?"),
        ({np.int64(3): 1}, {3: 1}),
    ],
)
def test_what_is_nearly_carried_becomes_what_is(value, back):
    assert (
        there_and_back(value) == back
        if not isinstance(back, np.ndarray)
        else same(there_and_back(value), back)
    )


@pytest.mark.parametrize(
    "value", [[0] * (MAX_NODES + 1), dict.fromkeys(range(MAX_DICT + 1)), 1 << 5000, [set()]]
)
def test_what_is_too_much_is_refused_by_the_sender(value):
    with pytest.raises((ValueError, TypeError)):
        Encoder(no_reference).node(value)


def test_a_value_that_holds_itself_is_refused_by_the_sender():
    loop = []
    loop.append(loop)
    with pytest.raises(ValueError, match="deep"):
        Encoder(no_reference).node(loop)


def decode(node, headers=(), body=b""):
    return Decoder(headers, bytearray(body), no_resolve).value(node)


def deep(levels):
    node = None
    for _ in range(levels):
        node = [LIST, node]
    return node


@pytest.mark.parametrize(
    "node",
    [
        [], [99], ["x"], [LIST, [99]], [DICT, 1], [DICT, [LIST], 1], [DICT, [DICT], 1], [COMPLEX, 1, 2], [COMPLEX, 1.0],
        [BIGINT, "zz"], [BIGINT, 5], [BIGINT, "1" * (MAX_BIGINT_DIGITS + 1)], [ARRAY, 0], [ARRAY, -1], [SCALAR, 10**9],
        [HANDLE, 1, "x"], [HANDLE], [None, 1], {"a": 1}, object(), deep(MAX_DEPTH + 2),
        [LIST, *[None] * MAX_NODES], [DICT, *[0] * (2 * MAX_DICT + 2)], [DICT, [TUPLE, *range(99)], 0],
        [DICT, [TUPLE, [TUPLE, 1]], 0],
    ],
)  # fmt: skip
def test_nodes_that_no_encoder_makes_are_refused(node):
    with pytest.raises(WireError):
        decode(node)


@pytest.mark.parametrize(
    "header",
    [
        ArrayHeader("|O", [1], "C"), ArrayHeader("<M8[s]", [1], "C"), ArrayHeader("<f8", [1], "K"),
        ArrayHeader("<f8", [-1], "C"), ArrayHeader("<f8", [2**62, 2**62], "C"), ArrayHeader("<f8", [2**63], "C"),
        ArrayHeader("<f8", [2], "C"), ArrayHeader("<f8", [1] * 33, "C"), ArrayHeader("<f8", [0, 2**62], "C"),
        ArrayHeader("<f8", [], "C"),
    ],
)  # fmt: skip
def test_impossible_arrays_are_refused(header):
    with pytest.raises(WireError):
        arrays_of([header], bytearray(0))


@pytest.mark.parametrize("shape", [[1] * 100, [0, 2**61, 2**61], [2], [-1], [True], ["1"]])
def test_texts_of_an_impossible_shape_are_refused(shape):
    with pytest.raises(WireError, match="an array of texts"):
        shaped(np.array(["a"] if 0 not in shape else [], object), shape)


def test_bytes_that_belong_to_no_array_are_refused():
    with pytest.raises(WireError):
        arrays_of([], bytearray(16))
    with pytest.raises(WireError):
        arrays_of([ArrayHeader("|b1", [1], "C")], bytearray(32))


def test_more_arrays_than_any_answer_has_are_refused():
    with pytest.raises(WireError):
        arrays_of([ArrayHeader("<f8", [0], "C")] * (MAX_ARRAYS + 1), bytearray())


def test_one_array_is_mentioned_once():
    header = ArrayHeader("<f8", [2], "C")
    with pytest.raises(WireError):
        decode([LIST, [ARRAY, 0], [ARRAY, 0]], [header], bytes(16))


def test_a_byte_that_is_no_boolean_becomes_one():
    array = arrays_of([ArrayHeader("|b1", [2], "C")], bytearray(b"\x00\x07" + bytes(14)))[0]
    assert array.tolist() == [False, True]
    assert array.view(np.uint8).tolist() == [0, 1]


def test_keys_that_share_a_hash_are_counted_over_a_whole_message():
    numbers = [i * (2**61 - 1) for i in range(MAX_ALIKE + 1)]
    assert len({hash(number) for number in numbers}) == 1
    pairs = [
        [part for number in some for part in ([BIGINT, f"{number:x}"], 0)]
        for some in (numbers[:40], numbers[40:])
    ]
    assert len(decode([DICT, *pairs[0]])) == 40
    with pytest.raises(WireError, match="collide"):
        decode([LIST, *([DICT, *some] for some in pairs)])


def test_honest_keys_that_are_numbers_or_pairs_of_them_are_carried():
    grid = {(row, column): float(row) for row in range(-30, 30) for column in range(-30, 30)}
    counts = {number: number**2 for number in range(-2_000, 2_000)}
    words = {("the", "end"): 1, (None, 0.5): 2, b"raw": 3, 1.5: 4}
    for value in (grid, counts, words):
        assert there_and_back(value) == value


@pytest.mark.parametrize(
    "value",
    [
        b"\x81\x01\x02", b"\x80", b"\xde\x00\x01\x01\x02", b"\xdf\x00\x00\x00\x01\x91\x01\x02",  # maps
        b"\xd4\x05\x01", b"\xc7\x03\x05abc", b"\xd6\xff\x00\x00\x00\x00",  # extensions, a time among them
        b"\xc4\x01a",  # bytes, which travel beside the message
        b"\x91" * (MAX_DEPTH + 2) + b"\x00",
    ],
)  # fmt: skip
def test_what_no_value_is_made_of_is_refused_while_it_is_read(value):
    for inside in (value, b"\x92\x00" + value, b"\x92\x00\x92\x00" + value):
        raw = b"\x93\xa8outcomes\x90\x91\x91" + inside
        with pytest.raises(msgspec.ValidationError):
            msgspec.msgpack.decode(raw, type=FromSandbox)


def test_values_as_deep_as_the_encoder_makes_them_are_read():
    value = 1.0
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert there_and_back(value) == value


def test_booleans_take_no_memory_beside_the_message():
    body = Body(b"\x01\x00\x07" * 100_000)
    tracemalloc.start()
    try:
        array = arrays_of([ArrayHeader("|b1", [300_000], "C")], body)[0]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert array[:3].tolist() == [True, False, True]
    assert peak < 500_000


nodes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.tuples(st.integers(-1, 10)).flatmap(
            lambda tag: st.lists(inner, max_size=6).map(lambda items: [tag[0], *items])
        )
    ),
    max_leaves=30,
)
headers = st.builds(
    ArrayHeader,
    st.sampled_from([*DTYPES, "|O", "", "<f16", "|V99999"]),
    st.lists(st.integers(-3, 2**70) | st.integers(0, 9), max_size=40),
    st.sampled_from(["C", "F", ""]),
)


@given(nodes, st.lists(headers, max_size=4), st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_hostile_messages_raise_wire_errors_and_nothing_else(node, headers, body):
    tracemalloc.start()
    try:
        decode(node, headers, body)
    except WireError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 5_000_000


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_hostile_bytes_raise_what_the_channel_expects(raw):
    try:
        message = msgspec.msgpack.decode(raw, type=FromSandbox)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # the channel makes a WireError of both
        return
    assert isinstance(message, FromSandbox)


def test_the_largest_header_of_small_items_is_decoded_in_bounded_time():
    raw = (
        b"\x93\xa8outcomes\x90\x91\x91"
        + b"\xdd"
        + (MAX_HEADER - 30).to_bytes(4, "big")
        + b"\x90" * (MAX_HEADER - 30)
    )
    started = time.perf_counter()
    message = msgspec.msgpack.decode(raw, type=FromSandbox)
    with pytest.raises(WireError):
        decode([LIST, *message.outcomes[0].value])
    assert time.perf_counter() - started < 20
