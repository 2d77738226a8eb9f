"""Tars and zips whose bytes ask their decompressor for more memory than a submission is given."""

from __future__ import annotations

import io
import itertools
import lzma
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib

import pytest

from grader.errors import SubmissionRejected
from grader.sandbox.inside.packed import unpack
from grader.sandbox.inside.tars import MOST_XZ_MEMORY, open_tar

CONTENTS = {
    "empty.txt": b"",
    "a block.txt": b"a" * 512,
    "a buffer.bin": random.Random(1).randbytes(16 * 8192),
    "large.bin": random.Random(2).randbytes(300_000) * 3,
    "small.txt": b"hello",
}


def tarred(contents: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def contents_of(packed: bytes) -> dict[str, bytes]:
    with open_tar(io.BytesIO(packed)) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}


@pytest.mark.parametrize("preset", [0, 6, 9])
def test_an_xz_of_any_preset_is_read(preset):
    assert contents_of(lzma.compress(tarred(CONTENTS), preset=preset)) == CONTENTS


def test_an_xz_of_several_streams_is_read_to_its_end():
    plain = tarred(CONTENTS)
    cuts = [0, 1_000, 200_000, len(plain)]
    streams = [lzma.compress(plain[a:b]) for a, b in itertools.pairwise(cuts)]
    assert contents_of((b"\0" * 4).join(streams) + b"\0" * 8) == CONTENTS


def test_stepping_back_by_a_byte_does_not_unpack_an_xz_anew(monkeypatch):
    made = []
    real = lzma.LZMADecompressor
    monkeypatch.setattr(lzma, "LZMADecompressor", lambda *args, **kw: made.append(1) or real(*args, **kw))
    many = {f"{number}.bin": bytes([number]) * (8192 * (1 + number % 3)) for number in range(30)}
    assert contents_of(lzma.compress(tarred(many))) == many
    assert len(made) == 1


def test_an_xz_that_is_cut_off_is_damaged():
    with pytest.raises(SubmissionRejected, match="damaged"):
        unpack(lzma.compress(tarred(CONTENTS))[:-200], "a.txz")


def greedy_xz() -> bytes:
    """An xz whose only block declares a dictionary of 4 GB."""
    packed = bytearray(lzma.compress(tarred(CONTENTS)))
    header = packed[12:20]
    assert header[:4] == bytes([2, 0, 0x21, 1])
    header[4] = 40
    packed[12:24] = header + struct.pack("<I", zlib.crc32(header))
    return bytes(packed)


def greedy_lzma() -> bytes:
    """The old format, which `tarfile` would try: the dictionary's size follows the first byte."""
    packed = bytearray(lzma.compress(tarred(CONTENTS), format=lzma.FORMAT_ALONE))
    packed[1:5] = b"\xff\xff\xff\xff"
    return bytes(packed)


def lzma_zip(dictionary: int | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("before.txt", b"x")
        archive.writestr("ps.ipynb", b"{}" * 500)
        at = archive.infolist()[1].header_offset + 30 + len("ps.ipynb") + 5
    packed = bytearray(made.getvalue())
    if dictionary is not None:
        packed[at : at + 4] = struct.pack("<I", dictionary)
    return bytes(packed)


def test_a_zip_packed_by_lzma_is_read():
    assert unpack(lzma_zip(), "a.zip")["ps.ipynb"] == b"{}" * 500


@pytest.mark.parametrize(
    ("packed", "name"),
    [(greedy_xz(), "a.txz"), (greedy_lzma(), "a.tar"), (lzma_zip(0xFFFFFFFF), "a.zip")],
    ids=["xz", "old LZMA", "zip"],
)
def test_bytes_do_not_get_the_memory_they_ask_for(packed, name):
    tracemalloc.start()
    try:
        with pytest.raises(SubmissionRejected, match="damaged"):
            unpack(packed, name)
        assert tracemalloc.get_traced_memory()[1] < MOST_XZ_MEMORY
    finally:
        tracemalloc.stop()
