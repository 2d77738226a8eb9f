"""Files that only whoever wrote them reads."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from grader.errors import GradmarkError
from grader.files import close_to_others, make_folder, private_file, write_inside, write_named, write_whole


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["umask 000", "umask 022", "umask 077"])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_modes_do_not_depend_on_the_umask(umask, tmp_path):
    make_folder(tmp_path / "one" / "two")
    write_whole(tmp_path / "one" / "private", b"x")
    write_whole(tmp_path / "one" / "public", b"x", public=True)
    write_inside(tmp_path / "one", "../three/file", b"x")
    write_named(tmp_path / "one" / "named", b"x")
    private_file(tmp_path / "one" / "empty")
    found = {
        str(path.relative_to(tmp_path)): mode(path)
        for path in (tmp_path / "one", *tmp_path.rglob("one/**/*"))
    }
    assert found == {
        "one": 0o700, "one/two": 0o700, "one/three": 0o700, "one/private": 0o600, "one/public": 0o644,
        "one/three/file": 0o600, "one/named": 0o600, "one/empty": 0o600,
    }  # fmt: skip


def test_a_file_that_all_could_read_is_replaced_by_one_that_they_cannot(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("old")
    path.chmod(0o644)
    with open(path) as reader:  # opened while it was allowed
        write_named(path, b"new")
        assert reader.read() == "old"
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


@pytest.mark.parametrize("write", [write_whole, write_named])
def test_parts_are_written_one_after_the_other_and_whole_or_not_at_all(write, tmp_path):
    def failing():
        yield b"lost"
        raise GradmarkError("no more")

    path = tmp_path / "page.html"
    write(path, (part for part in (b"one", b"two")))
    with pytest.raises(GradmarkError, match="no more"):
        write(path, failing())
    assert path.read_bytes() == b"onetwo"
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("path", "next_"),
    [
        ("missing/file", "create its folder, then run this again"),
        ("file/below", "create its folder, then run this again"),
        ("n" * 300, "choose a shorter name, then run this again"),
        (".", "choose a file, not a folder"),
    ],
)
def test_what_to_do_next_is_said_by_what_went_wrong(path, next_, tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" if path == "." else tmp_path / path
    with pytest.raises(GradmarkError, match=next_):
        write_whole(target, b"x")


@pytest.mark.parametrize("before", [0o644, 0o666, 0o604])
def test_a_file_that_a_link_leads_to_is_closed(before, umask, tmp_path):
    path, link = tmp_path / "page.html", tmp_path / "link"
    path.write_text("longer than what comes")
    path.chmod(before)
    link.symlink_to(path)
    write_named(link, b"new")
    assert link.is_symlink()
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_a_file_that_a_link_shall_make_is_closed(umask, tmp_path):
    (tmp_path / "link").symlink_to("page.html")
    write_named(tmp_path / "link", b"new")
    assert ((tmp_path / "page.html").read_bytes(), mode(tmp_path / "page.html")) == (b"new", 0o600)


def test_a_folder_that_is_there_stays_as_it_is_until_it_is_closed(tmp_path):
    tmp_path.chmod(0o751)
    make_folder(tmp_path)
    assert mode(tmp_path) == 0o751
    close_to_others(tmp_path)
    assert mode(tmp_path) == 0o700
    close_to_others(tmp_path / "nothing")


def test_a_private_file_keeps_what_is_in_it(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_text("content")
    path.chmod(0o664)
    private_file(path)
    assert (path.read_text(), mode(path)) == ("content", 0o600)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    private_file(tmp_path / "link")
    assert mode(tmp_path / "elsewhere") == 0o600


def test_what_was_named_may_be_a_pipe_or_a_link(tmp_path):
    command = "import pathlib, grader.files as f; f.write_named(pathlib.Path('/dev/stdout'), b'said')"
    assert subprocess.run([sys.executable, "-c", command], capture_output=True, check=True).stdout == b"said"
    (tmp_path / "link").symlink_to("target")
    write_named(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert mode(tmp_path / "target") == 0o600


def test_a_folder_that_cannot_be_made_or_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OSError, match="ot a directory"):
            make_folder(path)
    with pytest.raises(GradmarkError, match="cannot be written"):
        write_whole(tmp_path / "missing" / "file", b"x")


@pytest.mark.skipif(os.geteuid() != 0, reason="giving files away needs root")
def test_what_root_writes_into_somebody_s_folder_is_theirs(tmp_path):
    os.chown(tmp_path, 12_345, 23_456)
    make_folder(tmp_path / "one" / "two")
    write_whole(tmp_path / "one" / "file", b"x")
    private_file(tmp_path / "gradebook.db")
    for path in (
        tmp_path / "one",
        tmp_path / "one" / "two",
        tmp_path / "one" / "file",
        tmp_path / "gradebook.db",
    ):
        assert (path.stat().st_uid, path.stat().st_gid) == (12_345, 23_456)
