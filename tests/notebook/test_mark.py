"""The mark of a variant: read from whatever a file holds, and believed only if it could be a variant's name."""

from __future__ import annotations

import json

import pytest

from grader.notebook import marked_with, variant_mark

NAME = "0123456789ab"


def test_a_mark_is_read_again_and_leaves_the_rest():
    notebook = {"cells": [], "metadata": {"otter": {"x": 1}}, "nbformat": 4}
    marked = marked_with(notebook, NAME)
    assert variant_mark(json.dumps(marked).encode()) == NAME
    assert marked["metadata"]["otter"] == {"x": 1}
    assert "gradmark" not in notebook["metadata"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe", b"{", b"[]", b"7", b"null", b"[" * 100_000, b'{"metadata": []}',
        b'{"metadata": {"gradmark": "0123456789ab"}}', b'{"metadata": {"gradmark": {"variant": ["0123456789ab"]}}}',
        *(json.dumps({"metadata": {"gradmark": {"variant": mark}}}).encode()
          for mark in (NAME.upper(), NAME + "\n", NAME * 2, "", "٠" * 12, "\ud800" * 12, None, 1e308)),
    ],
)  # fmt: skip
def test_anything_else_is_no_mark(content):
    assert variant_mark(content) == ""
