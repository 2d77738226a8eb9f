"""Archives of a whole class: read in the sandbox, whatever students put into them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from grader.errors import GradmarkError, SubmissionRejected
from grader.intake import take_in


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_of_one_student_is_a_submission_and_stays_packed(tmp_path):
    path = zipped(tmp_path / "ada.zip", **{"work/ps1.ipynb": b"{}", "work/data.csv": b"1"})
    (found,) = take_in([path], "ps1").found
    assert (found.name, found.read()) == ("ada", {"ada.zip": path.read_bytes()})


@pytest.mark.parametrize("ending", [".tar", ".tar.gz", ".tgz"])
def test_a_tar_of_one_student_is_a_submission_and_stays_packed(ending, tmp_path):
    path = tmp_path / f"ada{ending}"
    with tarfile.open(path, "w:gz" if "gz" in ending else "w") as archive:
        archive.addfile(tarfile.TarInfo("ps1.ipynb"))
    for place in (path, tmp_path):
        (found,) = take_in([place], "ps1").found
        assert (found.name, found.read()) == ("ada", {path.name: path.read_bytes()})


def test_a_students_zip_cannot_pass_for_a_class_among_others(tmp_path):
    paths = [
        zipped(tmp_path / "ada.zip", **{"ps1.ipynb": b"{}"}),
        zipped(tmp_path / "eve.zip", **{"ben.ipynb": b"{}", "cy.ipynb": b"{}"}),
    ]
    assert [one.name for one in take_in(paths, "ps1").found] == ["ada", "eve"]


def test_two_classes_may_be_named_together(tmp_path):
    paths = [
        zipped(tmp_path / "monday.zip", **{"ada.ipynb": b"1", "ben.ipynb": b"2"}),
        zipped(tmp_path / "tuesday.zip", **{"ada.ipynb": b"3", "cy.ipynb": b"4"}),
    ]
    found = {one.name: one.read() for one in take_in(paths, "ps1").found}
    assert found == {
        "monday-ada-86020855": {"ada.ipynb": b"1"},
        "ben": {"ben.ipynb": b"2"},
        "tuesday-ada-9c0481a4": {"ada.ipynb": b"3"},
        "cy": {"cy.ipynb": b"4"},
    }


def test_hostile_entries_are_told_and_harm_nobody_else(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("class/ada.ipynb", "old")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("class/ada.ipynb", "ada")
        archive.writestr("class/../../../etc/cron.d/eve.ipynb", "out")
        archive.writestr("/etc/eve.ipynb", "out")
        archive.writestr("class/" + "d/" * 60 + "eve.ipynb", "deep")
        archive.writestr("class/bomb.ipynb", bytes(60 << 20))
        link = zipfile.ZipInfo("class/link.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("class/broken.ipynb", "this will be overwritten")
    raw = path.read_bytes()
    at = raw.index(b"class/broken.ipynb") + len("class/broken.ipynb")
    path.write_bytes(raw[:at] + b"\xff" * 10 + raw[at + 10 :])
    intake = take_in([path], "ps1")
    found = {one.name: one for one in intake.found}
    assert found["ada"].read() == {"ada.ipynb": b"ada"}
    with pytest.raises(SubmissionRejected, match="larger than 48 MB"):
        found["bomb"].read()
    with pytest.raises(SubmissionRejected, match="damaged"):
        found["broken"].read()
    assert set(found) == {"ada", "bomb", "broken"}
    reasons = sorted(one.reason for one in intake.unused)
    assert [reason.split()[0:2] for reason in reasons] == [
        ["has", "a"], ["has", "a"], ["is", "a"], ["is", "in"], ["is", "nested"],
    ]  # fmt: skip


def test_a_tar_that_ends_with_a_zip_is_a_tar(tmp_path):
    inner = zipped(tmp_path / "inner.zip", **{"forged.ipynb": b"{}", "forged2.ipynb": b"{}"}).read_bytes()
    path = tmp_path / "class.tar"
    with tarfile.open(path, "w") as archive:
        for name, content in [("ada.ipynb", b"{}"), ("eve.zip", inner)]:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    assert [one.name for one in take_in([path], "ps1").found] == ["ada", "eve"]


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\x1f\x8b" + b"\0" * 100])
def test_a_tar_that_is_none_is_one_sentence(content, tmp_path):
    (tmp_path / "class.tar.gz").write_bytes(content)
    with pytest.raises(GradmarkError, match=r"class\.tar\.gz cannot be read: it is"):
        take_in([tmp_path / "class.tar.gz"], "ps1")


def test_a_damaged_zip_is_its_students_to_hear_about(tmp_path):
    (tmp_path / "ada.zip").write_bytes(b"PK\x03\x04 and nothing else")
    assert [one.name for one in take_in([tmp_path / "ada.zip"], "ps1").found] == ["ada"]


def test_a_name_that_begins_with_nul_is_told_and_harms_nobody_else(tmp_path):
    names = ("class/ada", "class/ben", "Zlass/cy")
    path = zipped(tmp_path / "class.zip", **{f"{name}.ipynb": name.encode() for name in names})
    path.write_bytes(path.read_bytes().replace(b"Zlass/cy.", b"\0lass/cy."))
    intake = take_in([path], "ps1")
    assert [one.name for one in intake.found] == ["ada", "ben"]
    assert [one.reason for one in intake.unused] == ["has a path that leads out of the archive"]
