"""Whatever is handed in becomes cells, or one sentence about what is wrong with it."""

import ast
import contextlib
import gzip
import io
import json
import stat
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionRejected
from grader.notebook import code_cells
from grader.sandbox.inside import packed as unpacking
from grader.sandbox.inside.submission import read_submission

from .conftest import notebook


def zipped(entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(entries, mode="w"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in entries:
            member = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def special(name, kind, linkname=""):
    """An entry of a tar that is no file."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, linkname
    return member


def read(files, folder):
    return code_cells(read_submission(files, "ps", folder).cells)


def patched(packed, old, new):
    """The zip with some bytes of its list of entries, and of the entry itself, replaced by as many others."""
    assert len(old) == len(new)
    assert old in packed
    return packed.replace(old, new)


def listed(packed, offset, value):
    """The zip with a field of the first entry in its list set, by its offset there."""
    at = packed.index(b"PK\x01\x02") + offset
    return packed[:at] + value + packed[at + len(value) :]


ONE = zipped([("ps.ipynb", notebook("a = 1" * 20))])


def link(name, mode=stat.S_IFLNK):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (mode | 0o777) << 16
    return entry


def test_a_notebooks_code_cells_in_order(tmp_path):
    content = {
        "cells": [
            {"cell_type": "markdown", "source": "x"},
            {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
        ]
    }
    assert read({"any.ipynb": json.dumps(content).encode()}, tmp_path) == ["a = 1\nb = 2"]


def test_format_3_keeps_its_cells_in_worksheets(tmp_path):
    content = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1"]}]}]}
    assert read({"old.ipynb": json.dumps(content).encode()}, tmp_path) == ["a = 1"]


def test_a_byte_order_mark_and_any_kernel_name_are_fine(tmp_path):
    content = {
        "cells": [{"cell_type": "code", "source": "a = 1"}],
        "metadata": {"kernelspec": {"name": "klingon"}},
    }
    assert read({"ps.ipynb": b"\xef\xbb\xbf" + json.dumps(content).encode()}, tmp_path) == ["a = 1"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a = 1\nb = 2\n", ["a = 1\n", "b = 2\n"]),
        ("# %%\na = 1\n# %% [code]\nb = 2\n", ["# %%\na = 1\n", "# %% [code]\nb = 2\n"]),
        ("# In[3]:\na = 1\n", ["# In[3]:\na = 1\n"]),
        (
            "import os\n\n\n@staticmethod\ndef f():\n    pass\n",
            ["import os\n\n\n", "@staticmethod\ndef f():\n    pass\n"],
        ),
        ("def broken(:\n", ["def broken(:\n"]),
        ("\ufeffa = 1", ["a = 1"]),
    ],
)
def test_a_script_becomes_cells(tmp_path, text, cells):
    assert read({"ps.py": text.encode()}, tmp_path) == cells


def test_of_several_notebooks_the_one_with_the_problem_sets_name_is_taken(tmp_path):
    files = {
        "draft.ipynb": notebook("a = 1"),
        "work/ps.ipynb": notebook("b = 2"),
        ".ipynb_checkpoints/ps.ipynb": b"x",
    }
    assert read(files, tmp_path) == ["b = 2"]


def test_a_zip_is_unpacked_and_what_lies_beside_the_notebook_is_put_there(tmp_path):
    packed = zipped(
        [("w/ps.ipynb", notebook("a = 1")), ("w/helper.py", b"x = 3"), ("__MACOSX/w/._ps.ipynb", b"junk")]
    )
    assert read({"any.zip": packed}, tmp_path) == ["a = 1"]
    assert (tmp_path / "w" / "helper.py").read_bytes() == b"x = 3"


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.tar", "w"),
        ("a.tar.gz", "w:gz"),
        ("A.TGZ", "w:gz"),
        ("a.tar.bz2", "w:bz2"),
        ("a.txz", "w:xz"),
        ("a.tgz", "w"),
    ],
)
def test_a_tar_is_unpacked_however_it_is_compressed(name, mode, tmp_path):
    entries = [
        (special("./w", tarfile.DIRTYPE), b""),
        ("./w/ps.ipynb", notebook("a = 1")),
        ("./w/helper.py", b"x = 3"),
        ("./w/._ps.ipynb", b"junk"),
        (special("./w/.git/HEAD", tarfile.SYMTYPE, "elsewhere"), b""),
    ]
    assert read({name: tarred(entries, mode)}, tmp_path) == ["a = 1"]
    assert (tmp_path / "w" / "helper.py").read_bytes() == b"x = 3"


ONE_TAR = tarred([("ps.ipynb", notebook("a = 1")), ("b.txt", b"hello" * 50)])


def sparse(name, size):
    """A tar whose entry says that it has so many bytes, all of them holes."""
    member = tarfile.TarInfo(name)
    member.size = size
    return member.tobuf(tarfile.GNU_FORMAT)


REJECTED = {
    "a damaged zip": ({"a.zip": b"PK\x03\x04 nothing"}, "damaged"),
    "a truncated zip": ({"a.zip": zipped([("ps.ipynb", notebook("a = 1"))])[:-20]}, "damaged"),
    "an empty zip": ({"a.zip": zipped([])}, "empty"),
    "a zip that climbs": ({"a.zip": zipped([("../../x.ipynb", b"x")])}, "leads out of its folder"),
    "a zip from the root": ({"a.zip": zipped([("/etc/x.ipynb", b"x")])}, "leads out of its folder"),
    "a zip with a drive": ({"a.zip": zipped([("C:\\x.ipynb", b"x")])}, "leads out of its folder"),
    "a zip with a link": (
        {"a.zip": zipped([("ps.ipynb", notebook("a")), (link("l"), "/etc/passwd")])},
        "link",
    ),
    "a bomb": ({"a.zip": zipped([(f"z{i}", bytes(1 << 22)) for i in range(17)])}, "MB"),
    "many entries": ({"a.zip": zipped([(f"z{i}", b"") for i in range(3000)])}, "more than 2,000 files"),
    "a name that begins with NUL": ({"a.zip": patched(ONE, b"ps.ipynb", b"\0s.ipynb")}, "without a name"),
    "a name that is not UTF-8": (
        {"a.zip": listed(patched(ONE, b"ps.ipynb", b"\xff" * 8), 8, b"\0\x08")},
        "damaged",
    ),
    "a zip of a later version": ({"a.zip": listed(ONE, 6, b"\xff\0")}, "damaged"),
    "a compression that nobody knows": ({"a.zip": listed(ONE, 10, b"\x63\0")}, "damaged"),
    "a password": ({"a.zip": listed(ONE, 8, b"\x01\0")}, "password"),
    "strong encryption": ({"a.zip": listed(ONE, 8, b"\x40\0")}, "damaged"),
    "a wrong checksum": ({"a.zip": listed(ONE, 16, b"\0\0\0\0")}, "damaged"),
    "an entry that begins nowhere": ({"a.zip": listed(ONE, 42, b"\xff\xff\xff\x7f")}, "damaged"),
    "a list that begins nowhere": ({"a.zip": ONE[:-6] + b"\xff\xff\xff\x7f" + ONE[-2:]}, "damaged"),
    "another's compression": ({"a.zip": listed(ONE, 10, b"\x0e\0")}, "damaged"),
    "compressed junk": ({"a.zip": ONE[:40] + b"\xff" * 8 + ONE[48:]}, "damaged"),
    "a damaged tar": ({"a.tar": b"not a tar"}, "the tar file is damaged"),
    "a tar of nothing": ({"a.tar.gz": b""}, "damaged"),
    "an empty tar": ({"a.tar": tarred([])}, "the tar file is empty"),
    "a truncated tar": ({"a.tar": ONE_TAR[:700]}, "damaged"),
    "a tar without its last files": ({"a.tar": ONE_TAR[:1024]}, "damaged"),
    "a tar whose second header is damaged": ({"a.tar": ONE_TAR[:1030] + b"X" + ONE_TAR[1031:]}, "damaged"),
    "a truncated tar.gz": ({"a.tgz": tarred([("ps.ipynb", notebook("a"))], "w:gz")[:-30]}, "damaged"),
    "a tar that climbs": ({"a.tar": tarred([("../../x.ipynb", b"x")])}, "leads out of its folder"),
    "a tar from the root": ({"a.tar": tarred([("/etc/x.ipynb", b"x")])}, "leads out of its folder"),
    "a tar with a link": (
        {"a.tar": tarred([("ps.ipynb", notebook("a")), (special("l", tarfile.SYMTYPE, "/etc/passwd"), b"")])},
        "link",
    ),
    "a tar with a hard link": (
        {"a.tar": tarred([(special("ps.ipynb", tarfile.LNKTYPE, "/etc/passwd"), b"")])},
        "link",
    ),
    "a tar with a device": (
        {"a.tar": tarred([(special("ps.ipynb", tarfile.CHRTYPE), b"")])},
        "not a plain file",
    ),
    "a tar with a pipe": (
        {"a.tar": tarred([(special("ps.ipynb", tarfile.FIFOTYPE), b"")])},
        "not a plain file",
    ),
    "a bomb in a tar": ({"a.tgz": tarred([(f"z{i}", bytes(1 << 22)) for i in range(17)], "w:gz")}, "MB"),
    "a bomb where nothing is looked at": (
        {"a.tgz": tarred([(f".git/{i}", bytes(1 << 24)) for i in range(70)], "w:gz")},
        "MB",
    ),
    "a tar that says it is huge": ({"a.tar": sparse("ps.ipynb", 1 << 50)}, "MB"),
    "many files in a tar": (
        {"a.tar": tarred([(f"z{i}", b"") for i in range(3000)])},
        "more than 2,000 files",
    ),
    "no notebook": ({"a.txt": b"x"}, "neither a notebook"),
    "two notebooks": ({"a.ipynb": b"{}", "b.ipynb": b"{}"}, "2 .ipynb files"),
    "empty": ({"ps.ipynb": b"  "}, "empty"),
    "broken json": ({"ps.ipynb": notebook("a = 1")[:-3]}, "JSON is broken (line 1)"),
    "not an object": ({"ps.ipynb": b"[1]"}, "not a notebook"),
    "deep json": ({"ps.ipynb": b"[" * 200_000}, "JSON is broken"),
    "a number beyond reason": ({"ps.ipynb": b'{"cells": ' + b"9" * 100_000 + b"}"}, "JSON is broken"),
    "no cells": ({"ps.ipynb": b"{}"}, "no list of cells"),
    "no code": ({"ps.ipynb": notebook("  ")}, "no code"),
    "too many cells": ({"ps.ipynb": notebook(*["a"] * 2001)}, "2,001 code cells"),
    "not UTF-8": ({"ps.ipynb": "é".encode("latin-1")}, "not UTF-8"),
    "a path that climbs": ({"ps.ipynb": notebook("a"), "../x": b""}, "leads out of its folder"),
    "a name too long": ({"ps.ipynb": notebook("a"), "x" * 300: b""}, "cannot be put"),
    "a file that is a folder too": ({"ps.ipynb": notebook("a"), "x": b"", "x/y": b""}, "cannot be put"),
}


@pytest.mark.parametrize("case", REJECTED)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path, case):
    files, says = REJECTED[case]
    with pytest.raises(SubmissionRejected) as caught:
        read(files, tmp_path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_zip_that_lies_about_a_size_is_still_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_UNPACKED", 1000)
    packed = bytearray(zipped([("ps.ipynb", notebook("a = 1")), ("z", bytes(5000))]))
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(SubmissionRejected):
        read({"a.zip": bytes(packed)}, tmp_path)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "worksheets", "input", "code"]), inner
        )
    ),
    max_leaves=15,
)


@given(json_values)
@settings(max_examples=150, deadline=None)
def test_any_json_is_cells_or_a_rejection(tmp_path_factory, value):
    try:
        cells = read({"ps.ipynb": json.dumps(value).encode()}, tmp_path_factory.getbasetemp())
    except SubmissionRejected:
        return
    assert all(isinstance(cell, str) for cell in cells)


valid = zipped([("ps.ipynb", notebook("a = 1")), ("b.txt", b"hello" * 50)])


@given(st.integers(0, len(valid) - 1), st.binary(min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_damage_to_a_zip_is_cells_or_a_rejection(tmp_path_factory, at, junk):
    damaged = valid[:at] + junk + valid[at + len(junk) :]
    with contextlib.suppress(SubmissionRejected):
        read({"a.zip": damaged}, tmp_path_factory.mktemp("zip", numbered=True))


@given(st.integers(0, len(ONE_TAR) - 1), st.binary(min_size=1, max_size=4), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_damage_to_a_tar_is_cells_or_a_rejection(tmp_path_factory, at, junk, compressed):
    damaged = ONE_TAR[:at] + junk + ONE_TAR[at + len(junk) :]
    with contextlib.suppress(SubmissionRejected):
        content = gzip.compress(damaged, 1) if compressed else damaged
        read({"a.tar": content}, tmp_path_factory.mktemp("tar", numbered=True))


@given(st.text(st.sampled_from("#%ab=1()@:;'\"\\\n\r\x0c\u2028\x1c \t"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_scripts_statements_are_all_in_its_cells(tmp_path_factory, text):
    try:
        wanted = ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        wanted = ""
    try:
        cells = read({"ps.py": text.encode()}, tmp_path_factory.getbasetemp())
    except SubmissionRejected:
        assert wanted in ("", ast.dump(ast.parse("")))
        return
    if wanted and not any("%%" in cell for cell in cells):
        assert ast.dump(ast.parse("\n".join(cells))) == wanted


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a = 1;\\\n b = 2\nc = 3\n", ["a = 1;\\\n b = 2\n", "c = 3\n"]),
        ("a = 1;\\\r\nb = 2\r\nc = 3\r\n", ["a = 1;\\\r\nb = 2\r\n", "c = 3\r\n"]),
        ("\\\na = 1\nb = 2\n", ["a = 1\n", "b = 2\n"]),
    ],
)
def test_statements_that_a_backslash_joins_stay_together(tmp_path, text, cells):
    got = read({"ps.py": text.encode()}, tmp_path)
    assert got == cells
    assert ast.dump(ast.parse("".join(got))) == ast.dump(ast.parse(text))


def test_line_separators_within_a_string_do_not_shift_the_cells_after_it(tmp_path):
    text = "a = 'x\u2028y\x0cz'\nb = 2\nc = 3\n"
    assert read({"ps.py": text.encode()}, tmp_path) == ["a = 'x\u2028y\x0cz'\n", "b = 2\n", "c = 3\n"]
