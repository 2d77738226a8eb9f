"""What files of the corpus are made of."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Iterable, Sequence

__all__ = ["notebook", "zipped"]


def notebook(cells: Sequence[str]) -> bytes:
    """A notebook of these code cells."""
    listed = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def zipped(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip of these files, whatever their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that two files have the same name may be the point
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()
