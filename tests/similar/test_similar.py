"""Copies are found whatever was renamed; the handout, common answers and a student's own attempts are not.

What a submission says of its own code is checked, and can spoil nobody else's comparison.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.errors import SubmissionRejected, WireError
from grader.sandbox.crossing.codec import Encoder
from grader.sandbox.crossing.messages import Fingerprinted
from grader.sandbox.inside.fingerprints import fingerprints, squeezed
from grader.sandbox.outside import reading
from grader.sandbox.outside.reading import Fingerprints, fingerprint_sandbox
from grader.similar import (
    PASSAGE,
    WINDOW,
    Document,
    Pair,
    rank_pairs,
    read_document,
    read_handout,
    write_page,
)
from grader.similar.pairs import MOST_OF_ONE, MOST_SHOWN
from tests.commands import modules_after
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course

HANDOUT = """def normalise(table):
    total = sum(sum(row) for row in table)
    return [[x / total for x in row] for row in table]
"""
COMMON = """def mean(x):
    collected = 0.0
    for value in x:
        collected += value
    return collected / len(x)
"""
OWN = """def weighted(x, w):
    # largest first, so that the sum rounds little
    order = sorted(range(len(x)), key=lambda i: -abs(w[i]))
    top, bottom = 0.0, 0.0
    for i in order:
        if w[i] != 0:
            top, bottom = top + x[i] * w[i], bottom + w[i]
    return top / bottom if bottom else float("nan")
"""
RENAMED = (
    OWN.replace("order", "ranking")
    .replace("top", "above")
    .replace("bottom", "b")
    .replace("# largest", "# <b>")
)


def other(number: int) -> str:
    """Code of some length that nobody else writes."""
    rng = np.random.default_rng(number)
    operators = rng.choice(["+", "-", "*", "/", "**", "//", "%", "@"], 60)
    return "def f(a):\n" + "".join(f"    a = a {op} {rng.integers(10**6)}\n" for op in operators)


def prints(code: str, window: int = WINDOW) -> Fingerprints:
    """What the sandbox says of honest code."""
    text = squeezed(code)
    _, arrays = fingerprints([text], PASSAGE, window)
    return Fingerprints(text, PASSAGE, *(one.astype(np.int64) for one in arrays))


def document(name: str, *code: str, student: str = "") -> Document:
    return Document(name, (student or name,), prints("\n".join((HANDOUT, COMMON, *code))))


GIVEN = prints(HANDOUT, window=1)
CLASS = [document(f"s{number}", other(number)) for number in range(12)]


def liar(name: str, values: np.ndarray) -> Document:
    """A submission that claims whatever fingerprints it likes."""
    places = np.arange(len(values), dtype=np.int64)
    return Document(name, (name,), Fingerprints("x" * 60_000, PASSAGE, values, places, places, places + 1))


def test_a_copy_with_other_names_is_the_first_pair_and_the_only_one():
    pairs = rank_pairs([*CLASS, document("ada", OWN), document("eve", RENAMED)], GIVEN)
    assert [pair.names for pair in pairs] == [("ada", "eve")]
    assert min(pairs[0].shares) > 0.9
    assert "<mark>" in pairs[0].html[0]


def test_passages_of_the_handout_and_of_many_submissions_do_not_count():
    assert rank_pairs(CLASS, GIVEN) == []
    assert rank_pairs(CLASS[:2], GIVEN, common=2)[0].names == ("s0", "s1"), "two are not many"
    assert rank_pairs(CLASS[:2], prints(HANDOUT + COMMON, window=1), common=2) == []


def test_submissions_with_next_to_nothing_in_them_can_be_compared():
    assert rank_pairs([Document(str(n), (), prints("x = 1\n" * n)) for n in range(4)], None) == []


def test_two_attempts_of_one_student_are_no_pair():
    twice = [document("ada-attempt1", OWN, student="1"), document("ada-attempt2", OWN, student="1")]
    assert rank_pairs([*CLASS, *twice], GIVEN) == []


def test_the_marks_stand_where_the_passage_does():
    codes = ("\n\nq = 1\n" + OWN + other(2), other(1) + RENAMED)
    documents = [
        Document(name, (name,), prints(code)) for name, code in zip(("ada", "eve"), codes, strict=True)
    ]
    (pair,) = rank_pairs(documents, None)
    for html, first in zip(pair.html, ("order = sorted", "ranking = sorted"), strict=True):
        before, marked, after = re.split("</?mark>", html)
        assert first in marked
        assert "a = a" not in marked
        assert ("a = a" in before) != ("a = a" in after)


PADDING = ["\U0010fffe", "\x1b", "&\u202e"]
"""What takes up to ten times its length once it is cleaned and escaped."""


@pytest.mark.parametrize("padding", PADDING)
def test_a_page_of_what_grows_when_it_is_cleaned_stays_small_and_shows_what_is_shared(padding, tmp_path):
    comments = "# " + padding * 60_000 + "\n"

    def padded(name: str, code: str, number: int) -> Document:
        honest = prints(other(number) + code)
        moved = [one + len(comments) for one in (honest.begins, honest.ends)]
        text = comments + honest.text + comments
        return Document(name, (name,), Fingerprints(text, PASSAGE, honest.values, honest.places, *moved))

    pairs = rank_pairs([padded("ada", OWN, 1), padded("eve", RENAMED, 2)], None)
    for html, first in zip(pairs[0].html, ("order = sorted", "ranking = sorted"), strict=True):
        assert len(html) < MOST_SHOWN + 1_000
        assert first in re.findall("<mark>(.*?)</mark>", html, re.DOTALL)[0]
        assert "characters that are not shared are left out" in html
    write_page(tmp_path / "similar.html", "Tiny", pairs * 3, 2, 10)
    assert (tmp_path / "similar.html").stat().st_size < 7 * MOST_SHOWN


@pytest.mark.parametrize("padding", PADDING)
def test_a_shared_passage_that_grows_has_an_end(padding):
    code = prints(OWN)
    text = padding * 100_000
    places = np.arange(len(code.values), dtype=np.int64) * PASSAGE
    step = len(text) // len(places)
    begins = np.arange(len(places), dtype=np.int64) * step
    both = [
        Document(name, (name,), Fingerprints(text, PASSAGE, code.values, places, begins, begins + step))
        for name in ("ada", "eve")
    ]
    (pair,) = rank_pairs(both, None)
    for html in pair.html:
        assert len(html) < MOST_SHOWN + 1_000
        assert html.count("<mark>") == html.count("</mark>") > 0
        assert html.endswith("[the rest is left out]")


def test_a_page_is_made_pair_by_pair(tmp_path, monkeypatch):
    pairs = rank_pairs([*CLASS, document("ada", OWN), document("eve", RENAMED)], GIVEN)
    made = []
    monkeypatch.setattr(Pair, "html", property(lambda _: made.append(1) or ("a", "b")))
    write_page(tmp_path / "similar.html", "Tiny", pairs, 2, 10)
    assert len(made) == len(pairs)


def test_one_that_claims_the_passages_of_everybody_does_not_crowd_out_the_others():
    honest = [document(f"s{number}", other(number)) for number in range(60)]
    everything = np.unique(np.concatenate([one.prints.values for one in honest]))
    copies = [document("ada", OWN), document("eve", RENAMED)]
    pairs = rank_pairs([*honest, liar("mallory", everything), *copies], GIVEN)
    assert ("ada", "eve") in [pair.names for pair in pairs]
    assert all("mallory" in pair.names or pair.names == ("ada", "eve") for pair in pairs)
    assert len(pairs) <= MOST_OF_ONE + 1


def test_a_value_at_every_place_makes_nobody_alike_who_has_it_once():
    target = document("ada", OWN)
    repeated = np.full(50_000, target.prints.values[-1])
    assert rank_pairs([target, liar("mallory", repeated)], None) == []


def test_numbers_that_hash_alike_are_compared_like_others():
    # All of them fall into one place of a dictionary that is made of them.
    values = np.arange(50_000, dtype=np.int64) << 13 & 0xFFFFFFFF
    a, b = rank_pairs([liar("a", values), liar("b", values), *CLASS[:2]], GIVEN)[0].names
    assert (a, b) == ("a", "b")


@pytest.mark.parametrize(
    "code",
    ["", "\0\ud800", "def f(:\n '''", "<script>alert(1)</script>\n" * 30, "x = '\u202e'", "é = 1\n" * 40],
)
def test_any_text_can_be_compared_and_shown(code, tmp_path):
    pairs = rank_pairs([document("<i>ada", code, OWN), document("eve", code, OWN)], None)
    write_page(tmp_path / "similar.html", "Tiny & more", pairs, 2, 10)
    page = (tmp_path / "similar.html").read_text(encoding="utf-8")
    assert "&lt;i&gt;ada" in page
    assert "<script>" not in page
    assert not set(page) & set("\0\u202e")


def test_the_command_reads_notebooks_without_running_them(tmp_path):
    pset = write_tiny_course(tmp_path / "course")
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name, source in {"ada": OWN, "eve": RENAMED, "zoe": other(1)}.items():
        (folder / f"{name}.ipynb").write_bytes(notebook(["import os; os._exit(0)", source]))
    (folder / "bad.ipynb").write_text("{", encoding="utf-8")
    out = tmp_path / "similar.html"
    done = CliRunner().invoke(main, ["similar", str(folder), "--pset", str(pset), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "ada and eve" in done.output.splitlines()[-2]
    assert "bad was left out: bad.ipynb is not a notebook" in done.output
    assert "1 pair among 3 submissions is worth a look" in done.output


@pytest.mark.parametrize("ending", [".ipynb", ".py"])
def test_without_a_problem_set_one_of_several_files_is_asked_for(ending):
    made = notebook([OWN]) if ending == ".ipynb" else OWN.encode()
    files = {f"one{ending}": made, f"two{ending}": made, "readme.md": b"x"}
    with (
        fingerprint_sandbox() as sandbox,
        pytest.raises(SubmissionRejected, match="name the problem set with --pset"),
    ):
        read_document(sandbox, "ada", ["ada"], files, "")


def test_the_command_reads_no_code_in_its_own_process(tmp_path):
    (tmp_path / "ada.ipynb").write_bytes(notebook([OWN]))
    (tmp_path / "eve.ipynb").write_bytes(notebook([RENAMED]))
    loaded = modules_after("similar", tmp_path, "--out", tmp_path / "similar.html")
    assert "ada and eve" in (tmp_path / "similar.html").read_text(encoding="utf-8")
    assert "grader.similar.pairs" in loaded
    assert not [
        name for name in loaded if name.startswith(("grader.sandbox.inside", "pygments.lexers.python"))
    ]


@pytest.fixture(scope="module")
def sandbox():
    with fingerprint_sandbox() as made:
        made.start()
        assert made.problems == {}
        yield made


def handed_in(sandbox, name: str, *cells: str) -> Document:
    return read_document(sandbox, name, [name], {"ps.ipynb": notebook(cells)}, "ps")


@pytest.mark.parametrize(
    "nothing",
    [
        " \n" * 2_500_000,
        "\n" * 5_000_000,
        "x = 1" + " " * 5_000_000,
        "\t\r\n" * 1_700_000,
        "\u2003\n" * 1_700_000,
    ],
    ids=["lines of a space", "empty lines", "spaces", "tabs", "wide spaces"],
)
def test_five_megabytes_of_nothing_hide_no_copy(sandbox, nothing):
    padded = handed_in(
        sandbox, "eve", nothing, RENAMED.replace("if", nothing[:200_000].strip(" x=1") + "if", 0)
    )
    assert len(padded.prints.text) < 10_000
    pairs = rank_pairs([handed_in(sandbox, "ada", OWN), padded], read_handout(sandbox, [HANDOUT]))
    assert [pair.names for pair in pairs] == [("ada", "eve")]
    assert min(pairs[0].shares) > 0.9


@pytest.mark.parametrize(
    "busy",
    [
        "x = '%" + "0" * 190_000, "x = '''" + "{a[" * 60_000, "(" * 190_000, "@ " * 90_000, "f'{" * 60_000,
        "'\n" * 90_000,
    ],
    ids=["width", "fields", "brackets", "decorators", "nested", "quotes"],
)  # fmt: skip
def test_code_that_keeps_a_lexer_busy_is_fingerprinted_to_its_end(sandbox, busy):
    found = handed_in(sandbox, "eve", busy, OWN).prints
    assert set(prints(OWN).values.tolist()) & set(found.values.tolist())
    assert len(found.values) <= reading.MAX_PRINTS


def test_too_much_code_is_left_out_in_one_sentence(sandbox):
    with pytest.raises(SubmissionRejected, match=r"^its cells are too long to be compared$"):
        handed_in(sandbox, "eve", other(1) * 200)


def test_the_sandbox_says_what_is_said_here(sandbox):
    found = handed_in(sandbox, "ada", OWN).prints
    assert found.text == OWN
    for here, there in zip(vars(prints(OWN)).values(), vars(found).values(), strict=True):
        assert np.array_equal(here, there)


def test_a_handout_without_code_is_nothing(sandbox):
    assert read_handout(sandbox, ["", " \n"]) is None


def said(
    values=(5, 6), places=(0, 3), begins=(0, 3), ends=(25, 28), *, text="x" * 40, tokens=40, dtype=np.uint32, rows=4
):  # fmt: skip
    """What a process that the submission took over might say."""
    encoder = Encoder(lambda _value: [])
    for one in (values, places, begins, ends)[:rows]:
        encoder.node(np.array(one, dtype))
    body = bytearray().join(bytes(buffer) for buffer in encoder.buffers)
    return Fingerprinted(arrays=encoder.headers, text=text, tokens=tokens), body


def test_fingerprints_that_can_be_are_believed():
    assert reading.checked(*said(), PASSAGE).values.tolist() == [5, 6]
    assert len(reading.checked(*said((), (), (), (), text="", tokens=0), PASSAGE).values) == 0


@pytest.mark.parametrize(
    "forged",
    [
        {"rows": 3},
        {"dtype": np.int64},
        {"dtype": np.float32},
        {"values": [[5, 6]]},
        {"values": (5,)},
        {"places": (3, 3)},
        {"places": (3, 0)},
        {"places": (0, 16)},
        {"places": (0, 2**32 - 1)},
        {"tokens": -1},
        {"tokens": 10**9},
        {"begins": (3, 0)},
        {"begins": (0, 28)},
        {"ends": (28, 25)},
        {"ends": (25, 41)},
        {"text": "x" * 200_001},
        {name: range(50_001) for name in ("values", "places", "begins")}
        | {"ends": range(1, 50_002), "text": "x" * 100_000, "tokens": 100_000},
    ],
    ids=str,
)
def test_fingerprints_that_cannot_be_are_refused(forged):
    with pytest.raises(WireError):
        reading.checked(*said(**forged), PASSAGE)
