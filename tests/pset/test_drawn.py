"""What `variants:` draws, where it goes in the handout, and what the checks say of slips."""

from __future__ import annotations

import shutil
from fractions import Fraction

import numpy as np
import pytest

from grader.errors import CourseError
from grader.pset import check_course, examine_problem_set, load_problem_set
from grader.pset.drawn import Drawing, csv_of, filled, options, placeholders
from grader.pset.schema import Drawn
from tests.asking.answering import COURSE
from tests.pset.tiny import write_tiny_course


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return tmp_path / "course" / "psets" / "variants"


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def said(folder) -> str:
    problem_set, errors = examine_problem_set(folder)
    return "\n".join(map(str, errors or check_course(problem_set)))


# Drawing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "count", "first", "last"),
    [
        (Drawn(integer=(2, 9)), 8, 2, 9),
        (Drawn(number=(Fraction(1, 2), Fraction(2)), step=Fraction(1, 10)), 16, 0.5, 2.0),
        (Drawn(number=(Fraction(0), Fraction(1)), step=Fraction(3, 10)), 4, 0.0, 0.9),
        (Drawn(choose=(2, Fraction(1, 2), "x")), 3, 2, "x"),
        (Drawn(words=("a", "b")), 2, "a", "b"),
    ],
)
def test_options(one, count, first, last):
    many, value = options(one)
    assert (many, value(0), value(many - 1)) == (count, first, last)


def test_every_value_is_drawn_about_equally_often(folder):
    pset = load_problem_set(folder)
    drawn = [pset.drawing_for(str(number)).values["mass"] for number in range(2000)]
    values, counts = np.unique(drawn, return_counts=True)
    assert values.tolist() == [0.4, 0.5, 0.8, 1.25]
    assert (np.abs(counts - 500) < 100).all()  # five standard deviations


def test_a_variant_depends_on_the_seed_and_tells_nothing_of_the_student(folder):
    first = load_problem_set(folder).drawing_for("1001")
    assert "1001" not in first.variant
    edit(folder / "pset.yaml", "7c1f0e5b", "11111111")
    again = load_problem_set(folder).drawing_for("1001")
    assert first.variant != again.variant
    assert first.values != again.values or first.digest != again.digest


def test_data_are_made_with_the_students_numbers(folder):
    pset = load_problem_set(folder)
    for student in ("1", "2", "3"):
        own = pset.with_drawing(pset.drawing_for(student))
        x, force = own.drawn_data["readings"].values()
        assert -(x @ force) / (x @ x) == pytest.approx(own.drawing.values["stiffness"], rel=0.05)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([0.1, 2.0]), "0.1\n2.0\n"),
        (np.arange(4).reshape(2, 2), "0,1\n2,3\n"),
        (np.array(["a", "b,c"]), 'a\n"b,c"\n'),
        ({"x": [1, 2], "y": np.array([0.5, 1 / 3])}, "x,y\n1,0.5\n2,0.3333333333333333\n"),
    ],
)
def test_data_as_csv(value, text):
    assert csv_of(value, "here").decode() == text


@pytest.mark.parametrize("value", [3.0, np.ones((2, 2, 2)), [object()]])
def test_other_data_are_refused(value):
    with pytest.raises(
        CourseError, match="data should be an array with one or two axes, a table, or a dictionary"
    ):
        csv_of(value, "psets/x/pset.yaml:3")


def test_a_table_of_pandas_as_csv():
    pandas = pytest.importorskip("pandas")
    assert csv_of(pandas.DataFrame({"x": [1, 2], "y": [0.5, 0.1]}), "") == b"x,y\n1,0.5\n2,0.1\n"


# The handout -----------------------------------------------------------------------------------------------------


def test_filled():
    drawing = Drawing("v", {"k": 2.5, "n": 3, "thing": "a lift"})
    text = "{{thing}}: {{ k }}, {{n}}, {{other}}, {n}, $x_{{{n}}}$, {{1}}"
    assert filled(text, drawing) == "a lift: 2.5, 3, {{other}}, {n}, $x_{3}$, {{1}}"
    assert [name for name, _ in placeholders(text)] == ["thing", "k", "n", "other", "n"]


def test_without_variants_braces_stay_and_the_digest_is_as_ever(tmp_path):
    pset = load_problem_set(write_tiny_course(tmp_path / "course"))
    assert (pset.drawing, pset.drawn, dict(pset.variant_values)) == (None, {}, {})
    path = pset.path
    (path / "variants.json").write_text("nonsense that nobody reads")
    edit(path / "tiny.md", "Means of numbers.", "Means of {{numbers}}, as in `f'{{x}}'`.")
    again = load_problem_set(path)
    assert "{{numbers}}" in again.handout_text
    assert again.digest == pset.digest
    assert check_course(again) == []


def test_a_record_changes_no_digest_but_ranges_and_the_function_of_data_do(folder):
    first = load_problem_set(folder).digest
    (folder / "variants.json").write_text('[{"id": "1", "variant": "v", "numbers": {"mass": 1}}]')
    assert load_problem_set(folder).digest == first
    edit(folder.parents[1] / "reference" / "variants.py", "scale=0.05", "scale=0.06")
    second = load_problem_set(folder).digest
    edit(folder / "pset.yaml", "[20, 60]", "[20, 70]")
    third = load_problem_set(folder).digest
    assert len({first.judging, second.judging, third.judging}) == 3


def test_what_is_drawn_only_since_the_record_is_drawn_now(folder):
    (folder / "variants.json").write_text(
        '[{"id": "1", "variant": "0123456789ab", "numbers": {"mass": 7, "old": 1}}]'
    )
    pset = load_problem_set(folder)
    drawing = pset.recorded_drawing(pset.record.students[0])
    assert drawing.values["mass"] == 7
    assert set(drawing.values) == {"stiffness", "mass", "thing", "readings"}


# What the checks say ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('seed: "7c1f0e5b9d3a48266f0d4b1e8a95c3d7"', "visibility: hidden", "add a seed:"),
        ("[0.4, 0.5, 0.8, 1.25]", "[0.4]", "mass has 1 values to draw from; there should be 2 to 1,000,000"),
        ("[0.4, 0.5, 0.8, 1.25]", "[0.5, 0.5]", "mass lists a value twice; remove one"),
        ("[0.4, 0.5, 0.8, 1.25]", "[true, 0.5]", "mass can be a number or a text, not True"),
        ("step: 2.5", "step: 0", "stiffness needs a step greater than 0"),
        (", step: 2.5", "", "stiffness needs both number and step, as in {number: [0.5, 2.0], step: 0.1}"),
        ("[20, 60]", "[60, 20]", "stiffness has 0 values to draw from"),
        ("step: 2.5", "step: 0.0000001", "there should be 2 to 1,000,000"),
        (
            "{choose: [0.4, 0.5, 0.8, 1.25]}",
            "{}",
            "mass needs exactly one of choose, integer, number, words, data",
        ),
        ("{choose: [0.4,", "{integer: [1, 2], choose: [0.4,", "mass needs exactly one of"),
        (
            "{choose: [0.4, 0.5, 0.8, 1.25]}",
            "7",
            "mass should say what is drawn, as in mass: {choose: [7, 8]}",
        ),
        ("{choose: [0.4", "{chose: [0.4", "unknown key 'chose'"),
        (
            "variants:\n",
            "variants:\n  groups: 0\n",
            "groups should be how many variants there are, at least 1",
        ),
        ("variants:\n", "variants:\n  groups: {integer: [1, 2]}\n", "groups is how many variants there are"),
        ('"a lift"', "'a \"fast\" lift'", "thing cannot be 'a \"fast\" lift'"),
        ('"a lift"', '"a\\nlift"', "would break the handout's code"),
        ('"a lift"', '"a {{mass}}"', "would break the handout's code"),
        ("reference.variants.readings", "numpy.random.seed", "needs a function of the reference"),
        (
            "reference.variants.readings",
            "reference.variants.nothing",
            "reference.variants.nothing cannot make data",
        ),
        (
            "reference.variants.readings",
            "reference.variants.force",
            "readings.*data should be|cannot make data",
        ),
        (
            "  mass:",
            "  weight: {integer: [1, 3]}\n  mass:",
            "weight is drawn but .*variants.md has no {{weight}}",
        ),
    ],
)
def test_slips_in_pset_yaml(folder, old, new, sentence):
    import re

    edit(folder / "pset.yaml", old, new)
    assert re.search(sentence, said(folder)) or sentence in said(folder)
    assert "pset.yaml:" in said(folder)


def test_an_unknown_placeholder_is_named_with_its_line(folder):
    edit(folder / "variants.md", "of {{mass}} kg", "of {{mas}} kg")
    assert "variants.md:49: nothing is drawn for {{mas}}; did you mean 'mass'?" in said(folder)


def test_a_word_that_breaks_code_is_found_whichever_student_would_get_it(folder):
    edit(folder / "variants.md", "mass = {{mass}}", "thing = '{{thing}}'\nmass = {{mass}}")
    assert 'with thing = "a pendulum\'s bob" this cell is not Python' in said(folder)
    edit(folder / "variants.md", "thing = '{{thing}}'", 'thing = "{{thing}}"')
    assert said(folder) == ""


def test_public_tests_cannot_have_data(folder):
    edit(folder / "suite" / "test_variants.py", '@question("q3", points=1)\ndef test_fitted_stiffness_of_own',
         '@question("q3", points=1, public=True)\ndef test_fitted_stiffness_of_own')  # fmt: skip
    assert "the public test test_fitted_stiffness_of_own_readings uses readings" in said(folder)


def test_a_public_test_without_variants_cannot_ask_for_them(tmp_path):
    path = write_tiny_course(tmp_path / "course")
    suite = next((path / "suite").glob("test_*.py"))
    text = suite.read_text().replace("(student)", "(student, variant)", 1)
    assert text.index("public=True") < text.index("variant")
    suite.write_text(text)
    assert "uses the fixture variant; pset.yaml has no variants: to draw it from" in said(path)


def test_data_of_the_same_name_for_everybody_are_refused(folder):
    (folder / "data").mkdir()
    (folder / "data" / "readings.csv").write_text("1\n")
    edit(folder / "pset.yaml", "inherited: full\n", "inherited: full\ndata: data\n")
    assert "readings.csv is also drawn for each student; rename one" in said(folder)
