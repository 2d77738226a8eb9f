"""In which form ever a notebook is handed in: its name, what lies around it, what tools left beside it."""

from __future__ import annotations

import pytest

from grader.errors import SubmissionRejected
from grader.leftovers import Leftovers, is_leftover
from grader.notebook import code_cells
from grader.sandbox.inside.submission import read_submission
from grader.sandbox.outside.session import Session

from .conftest import notebook
from .test_session import call
from .test_submission import tarred, zipped

RIGHT = notebook("right = 1")


def read(files, folder, name="ps"):
    opened = read_submission(files, name, folder)
    return code_cells(opened.cells), str(opened.file.parent.relative_to(folder))


@pytest.mark.parametrize(
    "name",
    [
        "ps.IPYNB", "PS.ipynb", "ps.ipynb.txt", "ps.ipynb.json", "ps.ipynb.ipynb", "ps (1).ipynb", "ps-Copy1.ipynb",
        "Copy of ps.ipynb", "ps.ipynb (2)", "work/Ps.Ipynb.TXT", "anything at all.ipynb",
    ],
)  # fmt: skip
def test_a_notebook_of_any_ending_is_one(name, tmp_path):
    for files in ({name: RIGHT}, {"a.ZIP": zipped([(name, RIGHT)])}):
        assert read(files, tmp_path)[0] == ["right = 1"]


@pytest.mark.parametrize("name", ["ps.Py", "ps.PY", "ps.py.txt", "PS (3).py"])
def test_a_script_of_any_ending_is_one(name, tmp_path):
    assert read({name: b"right = 1", "notes.txt": b""}, tmp_path)[0] == ["right = 1"]


def test_of_several_the_one_that_is_called_exactly_so_is_taken(tmp_path):
    files = {"ps.ipynb": RIGHT, "ps (1).ipynb": notebook("old = 1"), "draft.ipynb": notebook("x = 1")}
    assert read(files, tmp_path)[0] == ["right = 1"]
    del files["ps.ipynb"]
    assert read(files, tmp_path)[0] == ["old = 1"]


@pytest.mark.parametrize(
    "files",
    [
        {"ps.zip": zipped([("w/ps.ipynb", RIGHT)]), "notes.pdf": b"%PDF"},
        {"hw.tar.gz": tarred([("ps.ipynb", RIGHT)], "w:gz"), "helpers.py": b"x = 1"},
        {"out.zip": zipped([("in.zip", zipped([("ps.ipynb", RIGHT)])), ("readme.txt", b"")])},
        {"a.zip": zipped([("x.csv", b"1")]), "ps.zip": zipped([("ps.ipynb", RIGHT)])},
        {"data.zip": b"no zip at all", "ps.ipynb": RIGHT},
        {"data.zip": b"no zip at all", "mine.py": b"right = 1"},
        {"data.zip": zipped([("x.csv", b"1")]), "mine.py": b"right = 1"},
    ],
    ids=[
        "with a text",
        "with a module",
        "in another",
        "called so",
        "data",
        "broken data",
        "data of a script",
    ],
)
def test_an_archive_with_anything_beside_it_is_unpacked_where_the_notebook_is_in_it(files, tmp_path):
    assert read(files, tmp_path)[0] == ["right = 1"]
    assert ("data.zip" not in files) or (tmp_path / "data.zip").exists()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a.zip": ONE, "b.zip": ONE}, "there are 2 archives ('a.zip', 'b.zip') but no notebook beside them")
        for ONE in [zipped([("ps.ipynb", RIGHT)])]
    ]
    + [
        ({"a.zip": zipped([("b.zip", zipped([("c.zip", b"")]))])}, "neither a notebook"),
        ({"ps.7z": b"7z", "notes.txt": b""}, "'ps.7z' is a kind of archive that is not unpacked"),
    ],
)
def test_what_cannot_be_told_is_one_sentence(files, sentence, tmp_path):
    with pytest.raises(SubmissionRejected) as raised:
        read(files, tmp_path)
    assert sentence in str(raised.value)


LEFT = [
    *(f".venv/lib/python3.12/site-packages/m{number}.py" for number in range(2_500)),
    "venv/bin/python", "mine/pyvenv.cfg", "mine/lib/x.ipynb", "mine/bin/activate.py", "conda/conda-meta/history",
    "conda/pkgs/y.ipynb", "node_modules/a/b.js", "__pycache__/ps.cpython-312.pyc", ".git/HEAD",
    ".ipynb_checkpoints/z.ipynb",
    "__MACOSX/._ps.ipynb", "._ps.ipynb", ".DS_Store", ".vscode/settings.json", "lib/site-packages/q.py",
]  # fmt: skip
OWN = ["mine/notes.txt", "env/x.csv", "lib/data.csv", ".env", "data/venv.csv", "bin/tool.txt"]


@pytest.mark.parametrize("kind", ["zip", "tar", "folder"])
def test_what_tools_leave_behind_counts_for_nothing(kind, tmp_path):
    files = dict.fromkeys(LEFT + OWN, b"x") | {"ps.ipynb": RIGHT}
    packed = {"zip": zipped, "tar": tarred}.get(kind)
    handed = {f"a.{kind}": packed(list(files.items()))} if packed else files
    assert read(handed, tmp_path)[0] == ["right = 1"]
    if packed:
        left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
        assert left == set(OWN)


def test_a_library_larger_than_any_submission_is_left_out_of_a_tar_too(tmp_path, monkeypatch):
    from grader.sandbox.inside import packed

    monkeypatch.setattr(packed, "MAX_UNPACKED", 10_000)
    files = [(".venv/lib/large.so", bytes(50_000)), ("ps.ipynb", RIGHT)]
    assert read({"a.tar.gz": tarred(files, "w:gz")}, tmp_path)[0] == ["right = 1"]
    with pytest.raises(SubmissionRejected, match="unpacks to more"):
        read({"a.tar.gz": tarred([("large.bin", bytes(50_000)), *files], "w:gz")}, tmp_path)


def test_an_environment_is_known_by_what_it_holds_and_not_by_being_beside_ones_work():
    made = Leftovers(["hw/pyvenv.cfg", "hw/bin/python", "hw/ps.ipynb"])
    assert [path in made for path in ("hw/bin/python", "hw/ps.ipynb", "bin/python")] == [True, False, False]
    assert not is_leftover("venv.ipynb")


def test_cells_run_in_the_folder_of_their_notebook(sandbox):
    cells = notebook(
        "import os, helper, above\ntext = open('data/x.csv').read() + open('../top.txt').read()",
        "def told(): return [text, helper.x, above.y, open('data.csv').read(), os.environ['PWD'] == os.getcwd()]",
    )
    beside = {"work/data/x.csv": b"1", "work/helper.py": b"x = 3", "top.txt": b"2", "above.py": b"y = 4"}
    files = {"work/ps.ipynb": cells} | beside
    session = Session(sandbox, files, "ps", 1)
    try:
        session.load()
        assert call(session, "told").value == ["12", 3, 4, "1,2\n3,4\n", True]
    finally:
        session.close()
