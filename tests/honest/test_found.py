"""Right work earns its points whatever it is packed in and wherever it lies; by the command that a TA types."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.gradebook import ManualGrade, grade_by_hand, open_gradebook, scores_of
from tests.gradebook.course import course, handed_in, record_results
from tests.notebooks import notebook

MEAN = "def mean(x):\n    return x.sum() / len(x)"
WEIGHTED = "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"
RIGHT = notebook(["import numpy as np", MEAN, WEIGHTED])
BESIDE = notebook(["import numpy as np\nfactor = np.loadtxt('data/one.csv')", f"{MEAN} * factor", WEIGHTED])
ONE = b"1\n"
ROSTER = (
    "sep=;\nMatrikelnummer;Nachname;Vorname;E-Mail\n11;Doe;Jane;jane@u.example\n12;Röe;Max;max@u.example\n"
)


def packed(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return content.getvalue()


FORMS = {
    "a folder in a zip": {"hw.zip": packed(**{"hw/ps.ipynb": BESIDE, "hw/data/one.csv": ONE})},
    "a zip beside a text": {
        "lee_7_1_tiny.zip": packed(**{"tiny.ipynb": RIGHT}),
        "lee_7_2_notes.pdf": b"%PDF",
    },
    "capitals": {"TINY.IPYNB": RIGHT},
    "a text": {"tiny.ipynb.txt": RIGHT},
    "an environment": {
        "tiny.zip": packed(
            **{"tiny.ipynb": RIGHT}, **{f".venv/lib/site-packages/m{n}.py": b"" for n in range(2_500)}
        )
    },
    "a folder of a person": {"Jane Doe/hw/tiny.ipynb": BESIDE, "Jane Doe/hw/data/one.csv": ONE},
    "data in a folder": {"Max Roe/a.ipynb": BESIDE, "Max Roe/data/one.csv": ONE, "Jane Doe/a.ipynb": RIGHT},
    "Moodle": {"Jane Doe_4711_assignsubmission_file_/tiny.ipynb": RIGHT},
    "Blackboard": {"Tiny_jdoe_attempt_2027-02-21-10-00-00_tiny.ipynb": RIGHT},
    "Brightspace": {"1-2 - Jane Doe - Feb 21, 2027 1000 AM/tiny.ipynb": RIGHT},
    "ILIAS": {"Doe_Jane_jdoe_4711/tiny.ipynb": RIGHT},
    "a download's folder's folder": {
        "d/lee_7_1_tiny.ipynb": RIGHT,
        "d/roy_8_2_tiny.ipynb": RIGHT,
        "d.zip": b"PK",
    },
}


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def graded(pset: Path, folder: Path, *options: object) -> tuple[list[dict[str, str]], str]:
    out = folder.with_name(f"{folder.name}-graded")
    arguments = ["grade", pset, folder, "--out", out, "--jobs", 1, *options]
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader((out / "scores.csv").open(encoding="utf-8"))), done.output


@pytest.fixture(scope="module")
def pset(tmp_path_factory):
    return course(tmp_path_factory.mktemp("course")).path


@pytest.mark.parametrize("form", FORMS)
def test_right_work_has_its_points_in_every_form(form, pset, tmp_path):
    rows, output = graded(pset, written(tmp_path / "class", FORMS[form]))
    people = 2 if form in ("data in a folder", "a download's folder's folder") else 1
    assert [(row["status"], row["score"]) for row in rows] == [("graded", "5")] * people, output


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_roster_as_excel_writes_it_decides_whose_folders_are(encoding, pset, tmp_path):
    (tmp_path / "roster.csv").write_bytes(ROSTER.encode(encoding))
    class_ = written(tmp_path / "class", {"Jane Doe/hw/tiny.ipynb": RIGHT, "Röe, Max/b/x.ipynb": RIGHT})
    rows, _ = graded(pset, class_, "--roster", tmp_path / "roster.csv")
    assert {row["student_id"]: row["score"] for row in rows} == {"11": "5", "12": "5"}


def test_a_roster_of_another_class_is_said(pset, tmp_path):
    (tmp_path / "roster.csv").write_bytes(ROSTER.encode())
    _, output = graded(
        pset, written(tmp_path / "class", {"x17.ipynb": RIGHT}), "--roster", tmp_path / "roster.csv"
    )
    assert " ".join(output.split()).count("no submission matches the roster") == 1


def test_a_picture_in_an_answer_is_on_the_page_of_who_grades_it(pset, tmp_path):
    png = "iVBORw0KGgo="
    made = json.loads(RIGHT)
    made["cells"] += [
        {"cell_type": "markdown", "source": "<!-- BEGIN QUESTION -->\n\n## Question 3", "metadata": {}},
        {
            "cell_type": "markdown", "source": "See ![plot](attachment:p.png)", "metadata": {},
            "attachments": {"p.png": {"image/png": png}},
        },
        {"cell_type": "markdown", "source": "<!-- END QUESTION -->", "metadata": {}},
        {"cell_type": "raw", "source": "Written on behind it.", "metadata": {}},
    ]  # fmt: skip
    class_ = written(tmp_path / "class", {"ada.ipynb": json.dumps(made).encode()})
    graded(pset, class_)
    out = tmp_path / "class-graded"
    assert CliRunner().invoke(main, ["manual", "export", str(out)]).exit_code == 0
    page = (out / "manual" / "q3.html").read_text(encoding="utf-8")
    assert f'<img src="data:image/png;base64,{png}"' in page
    assert "Written on behind it." in page


def test_points_by_hand_never_pass_to_others_of_the_same_name(tmp_path):
    problem_set = course(tmp_path)
    engine = open_gradebook(f"sqlite:///{tmp_path / 'g.db'}")
    record_results(engine, problem_set, [handed_in("ada", 1, 3.0, 2.0, sha="a1")])
    grade_by_hand(engine, "tiny", [ManualGrade("ada", "q3", 4.0)], by="ta")
    # Somebody else comes under the same name, with the very same content.
    again = handed_in("ada", 2, 3.0, 2.0, sha="a1", late=-timedelta(minutes=5))
    record_results(engine, problem_set, [again])
    scores = scores_of(engine, "tiny")
    by_student = {one.sid: one for one in scores.students}
    assert by_student["s1"].attempt.manual == {"q3": 4}
    assert by_student["s2"].attempt.manual == {}
    called = [attempt.submission for _, attempt in scores.submissions]
    assert called[0] == "ada"
    assert len(set(called)) == 2
    # What is given under either name stays with its people.
    grade_by_hand(engine, "tiny", [ManualGrade("ada", "q3", 3.0), ManualGrade(called[1], "q3", 1.0)], by="ta")
    by_student = {one.sid: one for one in scores_of(engine, "tiny").students}
    assert [by_student[sid].attempt.manual["q3"] for sid in ("s1", "s2")] == [3, 1]


def test_points_by_hand_follow_the_same_content_under_another_name(tmp_path):
    problem_set = course(tmp_path)
    engine = open_gradebook(f"sqlite:///{tmp_path / 'g.db'}")
    record_results(engine, problem_set, [handed_in("ada", (1, 2), sha="a1")])
    grade_by_hand(engine, "tiny", [ManualGrade("ada", "q3", 4.0)], by="ta")
    record_results(engine, problem_set, [handed_in("class-ada-12345678", 1, sha="a1")])
    by_student = {one.sid: one for one in scores_of(engine, "tiny").students}
    assert by_student["s1"].attempt.submission == "class-ada-12345678"
    assert by_student["s1"].attempt.manual == {"q3": 4}
