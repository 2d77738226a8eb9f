"""A judge that goes: a fresh one grades the submission, and what brings that one down too is the submission's doing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from grader.batch.bundle import pack_course
from grader.batch.engines import LocalProcesses
from grader.batch.worker import Job, grade_here
from grader.errors import CourseError, GradmarkError
from grader.judge import Grader, Judge, Submission, watched
from grader.judge.deaths import how_it_ended, last_words
from grader.pset import load_problem_set
from grader.sandbox.isolation import choose_plan
from tests.notebooks import notebook
from tests.pset.tiny import write_tiny_course
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(not choose_plan().safe, reason="this machine cannot isolate submissions")

SUITE = """
import os
import signal
import sys
from pathlib import Path
import numpy as np
from grader import check_close, question

MARKS = Path({marks!r})


def once():
    \"\"\"Whether nobody asked before.\"\"\"
    try:
        MARKS.mkdir()
        return True
    except FileExistsError:
        return False


@question("q1", points=3)
def test_mean(student):
    number = student.mean(np.arange(3.0))
    if number > 100:
        {deadly}
    check_close(number, 1.0)


@question("q2", points=2)
def test_weighted(student):
    check_close(student.weighted_mean(np.ones(3), np.ones(3)), 1.0)
"""
WEIGHTED = "def weighted_mean(x, w):\n    return (x * w).sum() / w.sum()"
KILL = "os.kill(os.getpid(), signal.{})"
COUNT = "sum(range(10**15))"  # one call into C, which nothing in its own process interrupts
TAKE = "kept = [np.ones(1 << 20) for _ in range(int(number))]"
BEHIND = "import ctypes, mmap\n        kept = mmap.mmap(-1, 1 << 31)\n        kept[:] = bytes(1) * (1 << 31)"


def course(tmp_path: Path, deadly: str, limits: str = "judge_mb: 300") -> Path:
    # One test waits until the time is up; all the others need it not to be, on a busy machine either.
    seconds = 10 if deadly == COUNT else 90
    settings = f"limits: {{cell_seconds: {seconds}, call_seconds: {seconds}, submission_seconds: {seconds}, {limits}}}"
    folder = write_tiny_course(tmp_path / "course", pset=("data: data", f"data: data\n{settings}"))
    suite = SUITE.format(marks=str(tmp_path / "marks"), deadly=deadly)
    (folder / "suite" / "test_means.py").write_text(suite, encoding="utf-8")
    return folder


def submission(name: str, answer: str) -> Submission:
    cells = ["import numpy as np", f"def mean(x):\n    return {answer}", WEIGHTED]
    return Submission(name, {"tiny.ipynb": notebook(cells)})


EVIL, HONEST = submission("eve", "1e9"), submission("ada", "x.mean()")


def verdicts(result):
    return [(test.status, test.kind) for question in result.questions for test in question.tests]


@pytest.mark.parametrize(
    ("deadly", "verdict", "says"),
    [
        (KILL.format("SIGKILL"), ("failed", "unusable"), "crashes the program that checks it"),
        (KILL.format("SIGSEGV"), ("failed", "unusable"), "crashes the program that checks it"),
        (COUNT, ("timeout", "time"), "your whole submission reached its time limit of 10 seconds"),
        (TAKE, ("failed", "memory"), "takes more memory than there is"),
        ("kept = np.ones(1 << 40)", ("failed", "memory"), "takes more memory than there is"),
        ("sys.exit(3)", ("failed", "unusable"), ""),
    ],
    ids=["killed", "crashed", "one endless call", "much memory", "too much at once", "exits"],
)
def test_what_brings_each_judge_down_fails_its_question_and_no_other(
    tmp_path, monkeypatch, deadly, verdict, says
):
    monkeypatch.setattr(watched, "MARGIN_SECONDS", 1.0)
    folder = course(tmp_path, deadly)
    with Grader(load_problem_set(folder)) as grader:
        result = grader.grade(EVIL)
        assert result.status == "graded", result.reason
        assert verdicts(result) == [verdict, ("passed", "passed")]
        assert says in result.questions[0].tests[0].message
        again = grader.grade(HONEST)
        assert (again.status, again.score) == ("graded", 5)


def test_memory_that_is_not_asked_for_as_data_ends_the_judge_from_outside(tmp_path):
    with Grader(course(tmp_path, BEHIND)) as grader:
        assert verdicts(grader.grade(EVIL)) == [("failed", "memory"), ("passed", "passed")]


@pytest.mark.parametrize(("deadly", "status", "score"), [(3, "graded", 2.5), (12, "failed_to_run", 0)])
def test_what_brings_judges_down_in_many_tests_is_tried_twice_only_once(tmp_path, deadly, status, score):
    folder = course(tmp_path, KILL.format("SIGKILL"))
    suite = folder / "suite" / "test_means.py"
    many = f"""@question("q1", points=0.5)
def test_mean_of_one(student):
    check_close(student.mean(np.ones(1)) * 0, 0.0)


@pytest.mark.parametrize("size", range(2, {deadly + 2}))
@question("q1", points={2.5 / deadly})
def test_mean(student, size):
    number = student.mean(np.arange(3.0))"""
    text = suite.read_text().replace("import numpy as np", "import numpy as np\nimport pytest")
    old = text[text.index('@question("q1"') : text.index("    if number > 100")].rstrip()
    suite.write_text(text.replace(old, many), encoding="utf-8")
    with Grader(folder) as grader:
        result = grader.grade(EVIL)
        assert (result.status, result.score) == (status, score), result.reason
        assert grader.grade(HONEST).score == 5
    if status == "graded":
        assert [test.status for test in result.questions[0].tests] == ["passed", *["failed"] * deadly]
    else:
        assert "one test after another" in result.reason


def test_what_happens_once_is_nobodys_doing(tmp_path):
    with Grader(course(tmp_path, f"if once():\n            {KILL.format('SIGKILL')}")) as grader:
        result = grader.grade(EVIL)
        assert verdicts(result)[0] == ("failed", "wrong")
        assert grader.grade(HONEST).score == 5


def test_a_test_that_brings_judges_down_whatever_it_gets_is_ours(tmp_path):
    folder = course(tmp_path, "pass")
    suite = folder / "suite" / "test_means.py"
    suite.write_text(
        suite.read_text().replace("if number > 100:", f"if True:\n        {KILL.format('SIGKILL')}")
    )
    with Grader(folder) as grader:
        for handed_in in (EVIL, HONEST):
            result = grader.grade(handed_in)
            assert result.status == "grader_error"
            assert result.reason == (
                "error on our side: test_means.py::test_mean brings the judge down, whatever answers it gets"
            )


def test_the_limit_of_memory_is_the_judges_alone(tmp_path):
    folder = course(tmp_path, "pass", "judge_mb: 64")
    big = submission(
        "big", "float(np.ones(40 << 20).mean()) and x.mean()"
    )  # 320 MB, which a submission may take
    with Grader(folder) as grader:
        assert grader.grade(big).score == 5


def test_what_is_wrong_with_the_course_is_said_when_the_grader_is_made_or_asked(tmp_path):
    folder = course(tmp_path, "pass")
    (folder / "suite" / "test_more.py").write_text("import no_such_module\n")
    with pytest.raises(CourseError, match="no_such_module"):
        Grader(folder)
    later = Grader(folder, wait=False)
    with pytest.raises(CourseError, match="no_such_module"):
        later.grade(HONEST)
    later.close()


def test_a_judge_that_cannot_start_is_one_sentence_with_its_last_words(tmp_path, monkeypatch):
    folder = course(tmp_path, "pass")
    suite = (
        "import os\nimport sys\nprint('OSError: no such device', file=sys.stderr, flush=True)\nos._exit(7)\n"
    )
    (folder / "suite" / "test_more.py").write_text(suite)
    with pytest.raises(
        GradmarkError, match="the judge ended with exit code 7 and said last: OSError: no such device"
    ):
        Grader(folder)
    monkeypatch.setenv("PYTHONHOME", "/no/such/python")
    with pytest.raises(GradmarkError, match=r"exit code 1 and said last: .*No module named 'encodings'"):
        Grader(folder)


def test_a_program_that_goes_takes_its_judge_along(tmp_path):
    program = (
        "import signal, sys\nfrom pathlib import Path\nfrom grader.judge import Grader\n"
        "grader = Grader(Path(sys.argv[1]))\nprint(grader._judge._process.pid, flush=True)\nsignal.pause()\n"
    )
    command = [sys.executable, "-c", program, str(course(tmp_path, "pass"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        judge = int(process.stdout.readline())
        assert Path(f"/proc/{judge}").exists()
        process.kill()
    wait_until(lambda: not Path(f"/proc/{judge}").exists(), 20, what="the judge had ended")


def test_what_lies_in_the_folder_where_somebody_grades_is_not_imported(tmp_path, monkeypatch):
    here = tmp_path / "submissions"
    here.mkdir()
    for name in ("numpy", "pytest", "msgspec", "socket", "grader"):
        (here / f"{name}.py").write_text("raise SystemExit('imported from the wrong place')")
    folder = course(tmp_path, "pass")
    monkeypatch.chdir(here)
    with Grader(folder) as grader:
        assert grader.grade(HONEST).score == 5


def test_what_is_given_up_comes_to_nothing_soon(tmp_path):
    grader = Grader(course(tmp_path, "pass"))
    ended: list[BaseException] = []

    def wait() -> None:
        try:
            grader.grade(submission("slow", "__import__('time').sleep(3)"))
        except watched.Abandoned as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    grader.abandon()
    thread.join(20)
    assert len(ended) == 1
    grader.close()


def test_a_class_with_one_among_them_that_ends_judges(tmp_path):
    folder = course(tmp_path, KILL.format("SIGKILL"))
    jobs = [
        Job(folder, name, {"tiny.ipynb": submission(name, answer).files["tiny.ipynb"]})
        for name, answer in [("ada", "x.mean()"), ("eve", "1e9"), ("zoe", "x.mean()"), ("bob", "x.sum()")]
    ]
    found = {
        one.result.submission: one.result
        for one in LocalProcesses(2).run(load_problem_set(folder), iter(jobs))
    }
    assert {name: (result.status, result.score) for name, result in found.items()} == {
        "ada": ("graded", 5), "eve": ("graded", 2), "zoe": ("graded", 5), "bob": ("graded", 2),
    }  # fmt: skip


def test_a_clusters_worker_watches_its_judge_as_well(tmp_path):
    folder = course(tmp_path, KILL.format("SIGKILL"))
    bundle = pack_course(load_problem_set(folder))
    for handed_in, score in ((EVIL, 2), (HONEST, 5)):
        graded = grade_here(Job(folder, handed_in.name, dict(handed_in.files)), bundle)
        assert (graded.result.status, graded.result.score) == ("graded", score)


def test_a_judge_in_this_process_gives_the_same_result(tmp_path):
    problem_set = load_problem_set(course(tmp_path, "pass"))
    with Grader(problem_set) as grader, Judge(problem_set) as judge:
        for handed_in in (HONEST, submission("bob", "x.sum()")):
            outside, here = grader.grade(handed_in), judge.grade(handed_in)
            for result in (outside, here):
                for question in result.questions:
                    for test in question.tests:
                        test.seconds = 0.0
            assert outside == here
            assert grader.behaviour == judge.behaviour


@pytest.mark.parametrize(
    ("code", "how"),
    [
        (3, "ended with exit code 3"),
        (-signal.SIGKILL, "was killed (SIGKILL), most likely because the machine ran out of memory"),
        (-signal.SIGTERM, "was ended from outside (SIGTERM)"),
        (-signal.SIGABRT, "crashed (SIGABRT)"),
        (-200, "was ended by signal 200"),
    ],
)
def test_how_a_judge_ended_in_words(code, how):
    assert how_it_ended(code) == how


def test_last_words_name_an_error_where_one_does():
    assert last_words("a\nValueError: no\n  at exit\n") == "ValueError: no"
    assert last_words("a\nb\n") == "b"
    assert last_words("") == ""
