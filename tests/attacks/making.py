"""What files of the corpus are made of, and what is handed in for one of them."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from grader.sandbox.crossing.channel import MAX_HEADER
from tests.attacks.catalogue import PARTS, Attack

__all__ = ["files_of", "notebook", "zipped"]


def files_of(
    attack: Attack, blank: Sequence[str], partial: Sequence[str], places: Mapping[str, object]
) -> dict[str, bytes]:
    """A submission's files, by their paths.

    Args:
        attack: What to make them of.
        blank: Cells of the blank answer.
        partial: Cells that answer a part of the questions.
        places: What an attacker knows, by the words that stand for it.
    """
    if attack.name.startswith("files_"):
        spec = importlib.util.spec_from_file_location(attack.name, attack.path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        made: dict[str, bytes] = module.submission(list(blank))
        return made
    text = attack.path.read_text()
    if attack.part:
        text = (PARTS / f"{attack.part}.py").read_text() + text
    for word, value in {**places, "MOST": MAX_HEADER}.items():
        text = text.replace(f"@{word}@", str(value))
    cells = [*blank, *(partial if attack.partial else [])]
    return {f"{attack.pset}.ipynb": notebook([*cells, *re.split(r"(?m)^# %%\n", text)])}


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
