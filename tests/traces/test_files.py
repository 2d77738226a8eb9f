"""Files that code wrote: what is read of them, and what is refused."""

from __future__ import annotations

import io
import os
import pickle
import threading

import numpy as np
import pytest

from grader import CheckFailed
from grader.traces import content_of, is_of_file, read_file
from grader.traces.files import MOST_BYTES, fresh


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(name, content):
    with open(name, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize(
    ("name", "content", "form", "right"),
    [
        ("a.bin", b"\0\1", "bytes", b"\0\1"),
        ("a.txt", "ä\r\nb\rc", "text", "ä\nb\nc"),
        ("a.txt", b"\xef\xbb\xbfa", "text", "a"),
        ("a.txt", "", "text", ""),
        ("a.json", '{"a": [1, 2.5]}', "json", {"a": [1, 2.5]}),
        ("a.csv", "1,2\n3,4\n", "array", [[1, 2], [3, 4]]),
        ("a.csv", "x,y\n1,2\n3,4\n", "array", [[1, 2], [3, 4]]),
        ("a.txt", "# made by numpy\n1 2\n3 4\n", "array", [[1, 2], [3, 4]]),
        ("deep/er/a.txt", "x", "text", "x"),
    ],
)
def test_what_a_file_holds(name, content, form, right):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    write(name, content)
    found = content_of(read_file(name, form), name, form, "`f`")
    assert np.array_equal(found, right) if form == "array" else found == right


def test_arrays_are_read_without_running_what_is_in_them():
    np.save("a.npy", np.arange(3))
    assert read_file("a.npy", "array")["content"].tolist() == [0, 1, 2]
    np.savez("a.npz", w=np.eye(2), b=np.zeros(1))
    assert sorted(read_file("a.npz", "array")["content"]) == ["b", "w"]
    np.save("b.npy", np.array([{}], dtype=object), allow_pickle=True)
    assert read_file("b.npy", "array") == {"state": "unreadable"}
    write("c.npy", pickle.dumps([1]))
    assert read_file("c.npy", "array") == {"state": "unreadable"}


def test_a_table_is_read_by_pandas():
    pd = pytest.importorskip("pandas")
    write("a.csv", "a,b\n1,x\n2,y\n")
    write("a.tsv", "a\tb\n1\tx\n2\ty\n")
    right = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    for name in ("a.csv", "a.tsv"):
        pd.testing.assert_frame_equal(read_file(name, "table")["content"], right)


@pytest.mark.parametrize(
    ("there", "asked", "near"),
    [
        ("Losses.csv", "losses.csv", "Losses.csv"),
        ("losses.csv.txt", "losses.csv", "losses.csv.txt"),
        ("train_losses.npy", "train-losses.npy", "train_losses.npy"),
        ("other.csv", "losses.csv", ""),
    ],
)
def test_a_file_with_nearly_the_name_is_named(there, asked, near):
    write(there, "x")
    assert read_file(asked) == {"state": "missing", **({"near": near} if near else {})}
    says = f"`f` writes no file {asked}" + (f", but {near}." if near else ".")
    with pytest.raises(CheckFailed, match="^" + says.replace(".", r"\.") + "$"):
        content_of(read_file(asked), asked, "bytes", "`f`")


def test_only_an_ordinary_file_in_the_folder_is_read():
    os.mkdir("folder")
    os.mkfifo("pipe")
    os.symlink("/proc/self/environ", "link")
    os.symlink("/etc", "etc")
    write("there", "x")
    os.symlink("there", "near")
    assert read_file("folder")["state"] == "folder"
    for name in ("pipe", "link", "near"):
        assert read_file(name)["state"] == "special", name
    assert read_file("etc/passwd")["state"] in ("special", "missing")
    assert read_file("there/x")["state"] in ("special", "missing")


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret", "a/../../b", "", "c:/x", "\\\\host\\x"])
def test_a_path_out_of_the_folder_is_the_tests_own_error(path):
    with pytest.raises(ValueError, match="no path of a file"):
        read_file(path)


def test_a_file_that_is_too_large_or_grows_is_read_to_its_bound():
    with open("large", "wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert read_file("large") == {"state": "large"}
    with open("huge", "wb") as file:
        file.truncate(1 << 40)  # it takes no room on the disk
    assert read_file("huge") == {"state": "large"}
    over = threading.Event()

    def grow():
        with open("grows", "ab", buffering=0) as file:
            for _ in range(400):
                if over.is_set():
                    return
                file.write(bytes(1 << 16))

    writer = threading.Thread(target=grow)
    writer.start()
    found = read_file("grows") if os.path.exists("grows") else {"state": "missing"}
    over.set()
    writer.join()
    assert found["state"] in ("read", "large", "missing")


def test_what_was_there_before_a_call_is_there_after_it():
    write("a.txt", "before")
    with fresh("a.txt"):
        assert not os.path.exists("a.txt")
        write("a.txt", "new")
        assert read_file("a.txt", "text")["content"] == "new"
    assert read_file("a.txt", "text")["content"] == "before"
    with fresh("b.txt"):
        write("b.txt", "new")
    assert os.listdir() == ["a.txt"]


@pytest.mark.parametrize(
    "value",
    [
        None, 3, [], {}, {"state": "gone"}, {"state": 3}, {"state": "read"}, {"state": ["read"]},
        {"state": "missing", "content": 1}, {"state": "missing", "near": 3}, {"state": np.array(["read", "read"])},
    ],
)  # fmt: skip
def test_what_no_reading_gives_is_refused(value):
    assert not is_of_file(value)


@pytest.mark.parametrize("value", [{"state": "read", "content": None}, {"state": "missing", "near": "a"}])
def test_what_a_reading_gives_is_accepted(value):
    assert is_of_file(value)


def test_bytes_that_are_no_text():
    write("a.txt", b"\xff\xfe")
    with pytest.raises(CheckFailed, match=r"a\.txt cannot be read as text in UTF-8"):
        content_of(read_file("a.txt", "text"), "a.txt", "text", "`f`")
    assert io.BytesIO(read_file("a.txt")["content"]).read() == b"\xff\xfe"
