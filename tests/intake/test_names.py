"""What a submission is called: the same whoever else hands in, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake import take_in
from tests.intake.test_find import tree


def names(folder: Path, *paths: str) -> dict[str, str]:
    """By where each lies in the class."""
    found = take_in([tree(folder / "class", *paths)], "ps1").found
    return {str(one.where.relative_to(folder / "class")): one.name for one in found}


@pytest.mark.parametrize(
    ("mine", "called", "others"),
    [
        ("ada.ipynb", "ada", ["ada .ipynb", "ada!.ipynb", "Ada.ipynb", "ADA.py", "a/da.ipynb"]),
        ("Jane Doe/hw", "Jane_Doe-hw", ["Jane  Doe/hw/ps1.ipynb", "Jane,Doe/hw/ps1.ipynb", "hw/ps1.ipynb"]),
        ("section/ada.ipynb", "section-ada", ["section/ada /ps1.ipynb", "ada.ipynb", "x/ada.ipynb"]),
        ("ada!.ipynb", "ada-", ["ada.ipynb", "ada?.ipynb", "ada .ipynb"]),
    ],
)
def test_a_name_stays_whoever_else_hands_in(mine, called, others, tmp_path):
    paths = [mine if mine.endswith(".ipynb") else f"{mine}/ps1.ipynb", "section/x.ipynb", "zed.ipynb"]
    alone = names(tmp_path / "alone", *paths)
    together = names(tmp_path / "together", *paths, *others)
    assert {where: together[where] for where in alone} == alone
    assert alone[mine].startswith(called)
    assert len({name.casefold() for name in together.values()}) == len(together) == len(alone) + len(others)


def test_of_those_who_would_share_a_name_nobody_keeps_it(tmp_path):
    folder = tmp_path / "class"
    intake = take_in([tree(folder, "ada.ipynb", "ada.py", "ben.ipynb")], "ps1")
    called = {one.name for one in intake.found}
    assert "ada" not in called
    assert "ben" in called
    assert intake.doubts[0].startswith("2 submissions would share the name ada; they are called class-ada-")
    # A third does not change what the two are called.
    assert called < {one.name for one in take_in([tree(folder, "ada.zip")], "ps1").found}


def test_a_number_that_only_looks_like_anothers_has_a_name_of_its_own(tmp_path):
    def export(*sids: str) -> dict[str, str]:
        folder = tree(tmp_path / str(len(sids)), *(f"submission_{n}/ps1.ipynb" for n, _ in enumerate(sids)))
        about = "".join(
            f"submission_{n}:\n  :submitters:\n  - :name: Ada Lee\n    :sid: '{sid}'\n    :email: {n}@u.example\n"
            for n, sid in enumerate(sids)
        )
        (folder / "submission_metadata.yml").write_text(about, encoding="utf-8")
        return {one.students[0].id: one.name for one in take_in([folder], "ps1").found}

    assert export("2001") == {"2001": "Ada_Lee_2001"}
    together = export("2001", "2001!", "20_01", "2001.")
    assert together["2001"] == "Ada_Lee_2001"
    assert len(set(together.values())) == 4
