"""A correct problem set loads; every error is reported in one sentence."""

# ruff: noqa: E501 - tables of whole sentences read better on one line each

from __future__ import annotations

from fractions import Fraction

import pytest

import grader.pset
from grader.errors import CourseError
from grader.pset import (
    Limits,
    check_course,
    examine_problem_set,
    find_course,
    load_problem_set,
    resolve_problem_set,
)
from tests.pset.tiny import write_tiny_course


def test_the_public_names():
    assert grader.pset.__all__ == sorted(grader.pset.__all__)
    assert all(hasattr(grader.pset, name) for name in grader.pset.__all__)


def test_a_right_problem_set_has_its_settings_and_files(tiny):
    assert tiny.name == "tiny"
    assert tiny.functions == ("mean", "weighted_mean")
    assert tiny.max_score == 9
    assert tiny.data_files() == {"samples.csv": b"1.0\n2.0\n6.0\n"}
    assert tiny.limits == Limits(
        cell_seconds=30,
        call_seconds=10,
        submission_seconds=180,
        cpu_seconds=180,
        memory_mb=1024,
        processes=64,
        file_mb=64,
        scratch_mb=256,
        output_kb=256,
    )
    assert [(t.name, t.public, t.cases) for t in tiny.tests] == [
        ("test_mean_of_three", True, 1),
        ("test_small_means", True, 2),
        ("test_mean_secretly", False, 1),
        ("test_weighted_secretly", False, 1),
    ]
    assert check_course(tiny) == []


# error → (file's stem, old text, new text, the sentence)
BAD = {
    "misspelt key": ("pset", "expected_hours: 1", "expected_hour: 1", "psets/tiny/pset.yaml:2: unknown key 'expected_hour'; did you mean 'expected_hours'?"),
    "misspelt key of a question": ("pset", "points: 3", "point: 3", "psets/tiny/pset.yaml:5: unknown key 'point' in questions[0]; did you mean 'points'?"),
    "misspelt limit": ("pset", "data: data", "data: data\nlimits: {memory: 5}", "psets/tiny/pset.yaml:4: unknown key 'memory' in limits; did you mean 'memory_mb'?"),
    "key like nothing": ("pset", "expected_hours: 1", "zzz: 1", "psets/tiny/pset.yaml:2: unknown key 'zzz'; choose from title, questions, seed, handout, expected_hours, due, timezone, late, counts, visibility, inherited, fresh, preload, data, limits"),
    "key twice": ("pset", "expected_hours: 1", "data: data", "psets/tiny/pset.yaml:3: key 'data' appears twice; remove one"),
    "no title": ("pset", 'title: "Tiny"\n', "", "psets/tiny/pset.yaml:1: the problem set has no 'title'; add it"),
    "wrong type": ("pset", "data: data", "data: data\nlimits: {processes: many}", "psets/tiny/pset.yaml:4: limits.processes must be a whole number, not 'many'"),
    "points as text": ("pset", "points: 3", "points: three", "psets/tiny/pset.yaml:5: questions[0].points must be a number, such as 2, 0.5 or 1/3, not 'three'"),
    "points below nothing": ("pset", "points: 3", "points: -0.5", "psets/tiny/pset.yaml:5: questions[0].points must be at least 0, not -0.5"),
    "points without end": ("pset", "points: 3", "points: .inf", "psets/tiny/pset.yaml:5: questions[0].points must be a number, such as 2, 0.5 or 1/3, not inf"),
    "points that are no fraction": ("pset", "points: 3", "points: 3/0", "psets/tiny/pset.yaml:5: questions[0].points must be a number, such as 2, 0.5 or 1/3, not '3/0'"),
    "points that say yes": ("pset", "points: 3", "points: yes", "psets/tiny/pset.yaml:5: questions[0].points must be a number, such as 2, 0.5 or 1/3, not True"),
    "part of a process": ("pset", "data: data", "data: data\nlimits: {processes: 2.50}", "psets/tiny/pset.yaml:4: limits.processes must be a whole number, not 2.50"),
    "negative limit": ("pset", "data: data", "data: data\nlimits: {memory_mb: 0}", "psets/tiny/pset.yaml:4: limits.memory_mb must be at least 1, not 0"),
    "unknown visibility": ("pset", "data: data", "data: data\nvisibility: hiden", "psets/tiny/pset.yaml:4: visibility cannot be 'hiden'; did you mean 'hidden'?"),
    "bad question id": ("pset", "id: q1", "id: 1a", "psets/tiny/pset.yaml:5: questions[0].id must be a letter, then letters, digits or _, such as q1, not '1a'"),
    "duplicate id": ("pset", "id: q2", "id: q1", "psets/tiny/pset.yaml:6: question 'q1' is also in line 5; rename one"),
    "not YAML": ("pset", "expected_hours: 1", "expected_hours: [1", "psets/tiny/pset.yaml:3: this is not YAML"),
    "due without offset": ("pset", "data: data", "data: data\ndue: 2027-02-21T23:59:00", "psets/tiny/pset.yaml:4: due '2027-02-21T23:59:00' cannot be read: it has no time zone; add a line such as timezone: America/New_York, or an offset from UTC to the time"),
    "due without a time": ("pset", "data: data", "data: data\ntimezone: Europe/Berlin\ndue: 2027-02-21", "psets/tiny/pset.yaml:5: due '2027-02-21' cannot be read: it is not a date and time such as 2027-02-21 23:59"),
    "due on no day": ("pset", "data: data", "data: data\ntimezone: Europe/Berlin\ndue: 2027-02-30 23:59", "psets/tiny/pset.yaml:5: due '2027-02-30 23:59' cannot be read: there is no such date and time"),
    "due that is a number": ("pset", "data: data", "data: data\ndue: 20270221", "psets/tiny/pset.yaml:4: due must be a date and time such as 2027-02-21 23:59, not 20270221"),
    "a misspelt zone": ("pset", "data: data", "data: data\ntimezone: America/NewYork\ndue: 2027-02-21 23:59", "psets/tiny/pset.yaml:4: there is no time zone 'America/NewYork'; did you mean America/New_York?"),
    "a misspelt zone without due": ("pset", "data: data", "data: data\ntimezone: Berlin", "psets/tiny/pset.yaml:4: there is no time zone 'Berlin'; did you mean Europe/Berlin?"),
    "a zone that never changes its clocks": ("pset", "data: data", "data: data\ntimezone: EST\ndue: 2027-02-21 23:59", "psets/tiny/pset.yaml:4: 'EST' never changes its clocks; name a place instead, such as America/New_York"),
    "a budget of half a day": ("pset", "data: data", "data: data\ndue: 2027-02-21T23:59:00Z\nlate: {percent_per_day: 10, budget_days: 0.5}", "psets/tiny/pset.yaml:5: late.budget_days must be a whole number, not 0.5"),
    "late without due": ("pset", "data: data", "data: data\nlate: {percent_per_day: 10}", "psets/tiny/pset.yaml:4: late needs a due date to count from; add due:"),
    "late without a rate": ("pset", "data: data", "data: data\ndue: 2027-02-21T23:59:00Z\nlate: {grace_minutes: 10}", "psets/tiny/pset.yaml:5: late has no 'percent_per_day'; add it"),
    "late with a misspelt key": ("pset", "data: data", "data: data\nlate: {percent_a_day: 10}", "psets/tiny/pset.yaml:4: unknown key 'percent_a_day' in late; did you mean 'percent_per_day'?"),
    "late by too much": ("pset", "data: data", "data: data\nlate: {percent_per_day: 110}", "psets/tiny/pset.yaml:4: late.percent_per_day must be at most 100, not 110"),
    "late below nothing": ("pset", "data: data", "data: data\nlate:\n  percent_per_day: 10\n  cap_percent: -1", "psets/tiny/pset.yaml:6: late.cap_percent must be at least 0, not -1"),
    "late with a negative grace": ("pset", "data: data", "data: data\nlate: {percent_per_day: 10, grace_minutes: -5}", "psets/tiny/pset.yaml:4: late.grace_minutes must be at least 0, not -5"),
    "unknown way of counting": ("pset", "data: data", "data: data\ncounts: lastest", "psets/tiny/pset.yaml:4: counts cannot be 'lastest'; did you mean 'latest'?"),
    "no data folder": ("pset", "data: data", "data: date", "psets/tiny/pset.yaml:3: the data folder psets/tiny/date does not exist"),
    "no handout": ("pset", "data: data", "data: data\nhandout: other.md", "psets/tiny/pset.yaml:4: the handout psets/tiny/other.md does not exist; write it, or name another file with handout:"),
    "points do not add up": ("pset", "points: 3", "points: 4", "psets/tiny/pset.yaml:5: question 'q1' has 4 points but its tests add up to 3; change one of them"),
    "points that are shown alike": ("pset", "points: 3", "points: 3.001", "psets/tiny/pset.yaml:5: question 'q1' has 3001/1000 points but its tests add up to 3; change one of them"),
    "points of a bonus test": ("test_means", '@question("q1", points=1)', '@question("q1", points=1, bonus=True)', "psets/tiny/pset.yaml:5: question 'q1' has 3 points but its tests add up to 2; change one of them"),
    "points that only a run knows": ("test_means", '@question("q1", points=1)', '@question("q1", points=BOUND)', "psets/tiny/suite/test_means.py:31: @question of test_mean_secretly needs its points written out: a number of at least 0, or a text such as \"1/3\""),
    "question no test names": ("pset", "manual: true", "manual: false", "psets/tiny/pset.yaml:7: question 'q3' has no test; write one in suite/, or set manual: true"),
    "test of an unknown question": ("test_means", '@question("q2", points=2)', '@question("q22", points=2)', "psets/tiny/suite/test_means.py:38: test_weighted_secretly names question 'q22', which is not in pset.yaml; did you mean 'q2'?"),
    "test of a manual question": ("test_means", '@question("q1", points=1)\n', '@question("q3", points=1)\n', "psets/tiny/suite/test_means.py:32: test_mean_secretly tests 'q3', which pset.yaml marks as graded by hand; remove the test, or manual: true"),
    "test of no question": ("test_means", '@question("q2", points=2)\n', "", "psets/tiny/suite/test_means.py:37: test_weighted_secretly belongs to no question; write @question(\"q1\", points=1) above it"),
    "suite is not Python": ("test_means", "BOUND = 1e-9", "BOUND = = 1e-9", "psets/tiny/suite/test_means.py:10: this is not Python"),
    "function not in the handout": ("pset", "functions: [mean]", "functions: [mean, median]", "psets/tiny/pset.yaml:5: q1 asks for median, which psets/tiny/tiny.md does not define; add a cell with 'def median(...)'"),
    "question not in the handout": ("tiny", "name: q2", "name: q1x", "psets/tiny/pset.yaml:6: psets/tiny/tiny.md has no '# BEGIN QUESTION' named q2; add one"),
    "reference lacks the solution": ("tiny", "reference.means.mean", "reference.means.meen", "psets/tiny/tiny.md:23: reference/means.py has no function 'meen'; did you mean 'mean'?"),
    "no such reference module": ("tiny", "reference.means.mean", "reference.medians.mean", "psets/tiny/tiny.md:23: solution 'reference.medians.mean' names no module under reference/; correct the name"),
    "a seed that can be guessed": ("pset", "data: data", "data: data\nseed: too short to be", "psets/tiny/pset.yaml:4: seed must be text of at least 16 characters, between quotation marks"),
    "a seed that is a number": ("pset", "data: data", "data: data\nseed: 31415926535897932384", "psets/tiny/pset.yaml:4: seed must be text of at least 16 characters, between quotation marks"),
    "mistake of an untested function": ("mistakes", '@mistake("mean"', '@mistake("maen"', "psets/tiny/mistakes.py:10: mistake sum_for_mean is for 'maen', which no tested question asks for; did you mean 'mean'?"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_spoilt_problem_set_is_refused_in_one_sentence(tmp_path, case):
    stem, old, new, sentence = BAD[case]
    folder = write_tiny_course(tmp_path, **{stem: (old, new)})
    with pytest.raises(CourseError) as raised:
        load_problem_set(folder)
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("seed", ["too short to be", "31415926535897932384", "[31415926535897932384]"])
def test_no_message_repeats_a_seed(tmp_path, seed):
    folder = write_tiny_course(tmp_path, pset=("data: data", f"data: data\nseed: {seed}"))
    with pytest.raises(CourseError, match="seed must be text") as raised:
        load_problem_set(folder)
    assert seed not in str(raised.value)


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("0.1", "1/10"), ("1/3", "1/3"), ("'2/3'", "2/3"), ("2", "2"), (".5", "1/2"), ("1e-1", "1/10"), ("0", "0"),
        ("0.12345678901234567890123456789", "0.12345678901234567890123456789"),
    ],
)  # fmt: skip
def test_points_are_read_from_their_text(tmp_path, written, points):
    folder = write_tiny_course(tmp_path, pset=("points: 4, manual", f"points: {written}, manual"))
    pset = load_problem_set(folder)
    assert pset.question("q3").points == Fraction(points)
    assert pset.max_score == 5 + Fraction(points)


@pytest.mark.parametrize("written", ['"1/3"', "1/3", "1 / 3", "Fraction(1, 3)", 'Fraction("1/3")'])
def test_a_third_of_a_point_is_exact_however_a_suite_writes_it(tmp_path, written):
    folder = write_tiny_course(
        tmp_path,
        pset=("points: 3", "points: 7/3"),
        test_means=('@question("q1", points=1)', f'@question("q1", points={written})'),
    )
    assert [test.points for test in load_problem_set(folder).tests][2] == Fraction(1, 3)


def test_decimals_of_a_suite_are_added_exactly(tmp_path):
    folder = write_tiny_course(
        tmp_path,
        pset=("points: 3", "points: 1.3"),
        test_means=('@question("q1", points=0.5, public=True)', '@question("q1", points=0.1, public=True)'),
    )
    with pytest.raises(CourseError, match=r"has 1\.3 points but its tests add up to 2\.2"):
        load_problem_set(folder)
    suite = folder / "suite" / "test_means.py"
    suite.write_text(suite.read_text().replace('@question("q1", points=1)', '@question("q1", points="0.1")'))
    assert load_problem_set(folder).max_score == Fraction("7.3")


def test_bonus_points_come_on_top(tmp_path):
    folder = write_tiny_course(
        tmp_path,
        pset=("manual: true", "manual: true, bonus: true"),
        test_means=('@question("q2", points=2)', '@question("q2", 1, bonus=True)\ndef test_more(student):\n    '
                    'student.weighted_mean([1.0], [1.0])\n\n\n@question("q2", points=2)'),
    )  # fmt: skip
    pset = load_problem_set(folder)
    assert pset.max_score == 5
    assert pset.has_bonus
    assert [test.name for test in pset.tests if test.bonus] == ["test_more"]
    assert check_course(pset) == []
    assert not load_problem_set(write_tiny_course(tmp_path / "plain")).has_bonus


# errors that only the complete check finds
LATE = {
    "other parameters": ("tiny", "def mean(x):", "def mean(values):", "psets/tiny/tiny.md:23: mean takes (values) but reference.means.mean takes (x); use the same names in the same order"),
    "mistake with other parameters": ("mistakes", "def unweighted(x, w)", "def unweighted(x)", "psets/tiny/mistakes.py:15: unweighted takes (x) but weighted_mean takes (x, w); use the same names in the same order"),
    "mistakes cannot be imported": ("mistakes", "import numpy", "import numpyy", "psets/tiny/mistakes.py:3: this cannot be imported (ModuleNotFoundError: No module named 'numpyy'); correct it"),
    "solved cell is not Python": ("tiny", "print(mean(samples))", "print(mean(samples)", "psets/tiny/tiny.md:50: 'print(mean(samples)', in a solved cell, is not Python: '(' was never closed"),
    "function in another question": ("tiny", "Why do weights matter?", "```python\ndef mean(x):\n    pass\n```", "psets/tiny/tiny.md:61: mean is in question q3, but pset.yaml lists it under q1; move one of them"),
    "public test uses the reference": ("test_means", "np.array([1.0, 2.0, 6.0])), 3.0)", "np.array([1.0, 2.0, 6.0])), ref.mean(np.ones(1)))", "psets/tiny/suite/test_means.py:20: the public test test_mean_of_three uses ref of reference.means, which students never get; write the expected numbers out, or make the test hidden"),
    "public helper uses the reference": ("test_means", '"""Public helper."""', 'ref.mean([1])', "psets/tiny/suite/test_means.py:20: the public test test_mean_of_three uses ref of reference.means"),
    "public test uses a module students lack": ("test_means", '"""Public helper."""', 'pytest.fail()', "psets/tiny/suite/test_means.py:20: the public test test_mean_of_three uses pytest, which students may lack; use only numpy, grader and what pset.yaml preloads"),
    "public test uses a fixture": ("test_means", "def test_mean_of_three(student):", "def test_mean_of_three(student, tmp_path):", "psets/tiny/suite/test_means.py:20: the public test test_mean_of_three uses the fixture tmp_path; a public test can use only student and rng"),
    "a misspelt function in a test": ("test_means", "student.weighted_mean(", "student.weigthed_mean(", "psets/tiny/suite/test_means.py:41: the handout does not define weigthed_mean, which this test asks for; did you mean 'weighted_mean'?"),
    "a function that no test asks for": ("test_means", "student.weighted_mean(", "student.mean(", "psets/tiny/pset.yaml:6: no test uses the student's weighted_mean; write one that calls student.weighted_mean, or remove it from q2"),
    "a misspelt fixture": ("test_means", "def test_mean_secretly(student, rng)", "def test_mean_secretly(student, rgn)", "psets/tiny/suite/test_means.py:32: test_mean_secretly uses an unknown fixture 'rgn'; did you mean 'rng'?"),
    "a test that never calls the student's code": ("test_means", "def test_mean_secretly(student, rng)", "def test_mean_secretly(rng)", "psets/tiny/suite/test_means.py:32: test_mean_secretly never calls the student's code; add a `student` argument and use it"),
    "a mistake that needs a plot's name": ("mistakes", "    return np.sum(x)", "    return samples.sum()", "psets/tiny/mistakes.py:10: sum_for_mean uses samples, which no student's notebook defines, so it would always fail; move samples into the function"),
    "a mistake that needs a helper": ("mistakes", "    return np.sum(x)", "    return total(x)\n\n\ndef total(x):\n    return np.sum(x)", "psets/tiny/mistakes.py:10: sum_for_mean uses total, which no student's notebook defines, so it would always fail; move total into the function"),
    "the same mistake twice": ("mistakes", '@mistake("weighted_mean"', '@mistake("mean", says="Sum.")\ndef again(x):\n    return np.sum(x)\n\n\n@mistake("weighted_mean"', "psets/tiny/mistakes.py:15: again is the same code as sum_for_mean in psets/tiny/mistakes.py:10; remove one"),
    "a mistake without a sentence": ("mistakes", "You forget the weights.", " ", "psets/tiny/mistakes.py:14: this cannot be imported (ValueError: @mistake('weighted_mean'): says is empty"),
    "a tag that is not between fences": ("tiny", "Now with weights.", "Now with weights.\n\n# BEGIN PROMPT", "psets/tiny/tiny.md:32: # BEGIN PROMPT is ordinary text here; put it between the lines ```otter and ```"),
    "a solution outside a question": ("tiny", "print(mean(samples))", "def more(x):\n    # SOLUTION: reference.means.mean", "psets/tiny/tiny.md:50: this solution is outside any question; move it between # BEGIN QUESTION and # END QUESTION"),
    "a function without a solution": ("tiny", "    # SOLUTION: reference.means.mean", "    return 0", "psets/tiny/tiny.md:21: students get mean as it is here, because it has no solution marker; write '# SOLUTION: reference.MODULE.mean' as its body"),
    "data that is missing": ("tiny", 'np.loadtxt("samples.csv")', 'np.loadtxt("sample.csv")', "psets/tiny/tiny.md:8: the handout reads sample.csv, which is missing; put it into psets/tiny/data"),
    "a module of a package that has none of the name": ("pset", "data: data", "data: data\npreload: [os.path, numpy.linalg, numpy.lingal]", "psets/tiny/pset.yaml:4: numpy.lingal is not installed here"),
    "a module that is not installed": ("pset", "data: data", "data: data\npreload: [numpy, nunpy]", "psets/tiny/pset.yaml:4: nunpy is not installed here, so no sandbox can import it; install it or correct the name"),
    "no end of a question": ("tiny", "```otter\n# END QUESTION\n```\n\nNow", "Now", "psets/tiny/tiny.md:29: question q1, begun in line 12, has no # END QUESTION yet"),
}  # fmt: skip


@pytest.mark.parametrize("case", LATE)
def test_the_complete_check_finds_what_loading_leaves(tmp_path, case):
    stem, old, new, sentence = LATE[case]
    pset = load_problem_set(write_tiny_course(tmp_path, **{stem: (old, new)}))
    findings = [str(finding) for finding in check_course(pset)]
    assert any(f.startswith(sentence) for f in findings), findings


def test_every_disagreement_is_found_at_once(tmp_path):
    folder = write_tiny_course(
        tmp_path,
        pset=("points: 3", "points: 4"),
        mistakes=('@mistake("mean"', '@mistake("maen"'),
        tiny=("reference.means.mean", "reference.means.meen"),
    )
    problem_set, problems = examine_problem_set(folder)
    assert problem_set is None
    assert [str(problem).split(": ")[0] for problem in problems] == [
        "psets/tiny/pset.yaml:5",
        "psets/tiny/tiny.md:23",
        "psets/tiny/mistakes.py:10",
    ]


def test_a_test_in_a_file_that_pytest_passes_over_is_found(tmp_path):
    folder = write_tiny_course(tmp_path)
    suite = (folder / "suite" / "test_means.py").read_text()
    (folder / "suite" / "more.py").write_text(suite[suite.index("import numpy") :])
    findings = [str(finding) for finding in check_course(load_problem_set(folder))]
    assert any("suite/more.py:" in f and "rename the file to test_more.py" in f for f in findings)


def test_a_name_or_a_path_gives_the_folder(tmp_path, monkeypatch):
    folder = write_tiny_course(tmp_path)
    assert find_course(folder / "suite") == tmp_path
    assert resolve_problem_set("tiny", tmp_path) == folder
    assert resolve_problem_set(str(folder)) == folder
    monkeypatch.chdir(folder)
    assert resolve_problem_set("tiny") == folder
    with pytest.raises(CourseError, match=r"no problem set 'tny' in .*; did you mean 'tiny'"):
        resolve_problem_set("tny", tmp_path)


def test_the_digest_follows_everything_that_decides_a_grade(tmp_path):
    pset = load_problem_set(write_tiny_course(tmp_path / "a"))
    same = load_problem_set(write_tiny_course(tmp_path / "b"))
    assert pset.sha256 == same.sha256
    (tmp_path / "b" / "reference" / "__pycache__").mkdir()
    (tmp_path / "b" / "reference" / "__pycache__" / "x.pyc").write_bytes(b"cache")
    assert load_problem_set(same.path).sha256 == pset.sha256
    for name in ("reference/means.py", "psets/tiny/data/samples.csv", "psets/tiny/mistakes.py",
                 "psets/tiny/suite/test_means.py"):  # fmt: skip
        before = load_problem_set(same.path).sha256
        with (tmp_path / "b" / name).open("a") as file:
            file.write("\n")
        assert load_problem_set(same.path).sha256 != before, name
