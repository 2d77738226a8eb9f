"""Wrong options with a sentence are known mistakes, read from the suite's source."""

from __future__ import annotations

import shutil

import pytest

from grader.build.values import AnswerValues
from grader.pset import load_problem_set
from tests.asking.answering import COURSE


@pytest.fixture
def changed(tmp_path):
    """Makes the example's problem set, with some texts of a file replaced."""

    def made(*pairs, file="suite/test_choices.py", more=""):
        folder = tmp_path / "psets" / "choices"
        shutil.copytree(COURSE / "reference", tmp_path / "reference")
        shutil.copytree(COURSE / "psets" / "choices", folder)
        text = (folder / file).read_text()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (folder / file).write_text(text + more)
        return load_problem_set(folder)

    return made


def of(pset, name):
    return {one.name: one for one in pset.mistakes() if one.function == name}


def test_each_wrong_option_with_a_sentence_is_a_mistake(changed):
    found = of(changed(), "large_step")
    assert list(found) == ["large_step_a", "large_step_c", "large_step_d"]
    assert found["large_step_c"].says.startswith("It would with a learning rate above 2")
    assert found["large_step_c"].cell.split() == "large_step = 'c'".split()
    assert found["large_step_c"].where.startswith("psets/choices/suite/test_choices.py:")


def test_of_several_it_stands_among_the_right_ones(changed):
    pset = changed()
    assert [one.cell.strip() for one in of(pset, "convex").values()] == [
        "convex = ['a', 'b', 'c', 'e']", "convex = ['a', 'b', 'd', 'e']",
    ]  # fmt: skip
    # Each option is judged by a test of its own, and is one mistake all the same.
    assert list(of(pset, "batches_of_one")) == ["batches_of_one_3", "batches_of_one_4"]


def test_options_may_be_written_in_the_call(changed):
    pset = changed(('"b", STEPS', 'right="b", options={"a": "The sign changes.", "b": "", "c d": "No."}'))
    assert {name: one.says for name, one in of(pset, "large_step").items()} == {
        "large_step_a": "The sign changes.", "large_step_c_d": "No.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"b", STEPS', '"b", "abcd"'),
        ('"b", STEPS', '"b", dict(STEPS)'),
        ('student.value("large_step"), "b", STEPS', 'student.value("large_" + "step"), "b", STEPS'),
        ('"b", STEPS', '"b", ELSEWHERE'),
    ],
)
def test_what_no_source_shows_is_no_mistake(changed, old, new):
    assert of(changed((old, new)), "large_step") == {}


def test_mistakes_that_are_written_out_stand_alone(changed):
    more = """
mistake("large_step", "forgot_the_sign", {'"b"': '"a"'}, says="The sign changes in each step.")
"""
    assert list(of(changed(file="mistakes.py", more=more), "large_step")) == ["forgot_the_sign"]


def test_what_is_open_cannot_leak(changed):
    """Options stand in the handout, and a verdict at once allows a public test that knows the answer."""
    pset = changed()
    assert pset.open_values == {"large_step", "convex", "batches_of_one"}
    text = (
        (pset.path / "pset.yaml")
        .read_text()
        .replace('"No bad valleys",', '"No bad valleys", verdict: at_once,')
    )
    (pset.path / "pset.yaml").write_text(text)
    assert load_problem_set(pset.path).open_values == {"large_step", "convex", "batches_of_one", "guarantee"}


def test_an_option_may_be_a_sentence_of_the_handout(changed):
    sentence = "it jumps from side to side and comes closer to 0"
    pset = changed(
        ('large_step = "b"  # SOLUTION', f'large_step = "{sentence}"  # SOLUTION'), file="choices.md"
    )
    assert AnswerValues(pset).found_in(f"- **b**: {sentence}") is None
    suite = pset.path / "suite" / "test_choices.py"
    suite.write_text(suite.read_text().replace("check_choice(", "check_close("))
    told = AnswerValues(load_problem_set(pset.path)).found_in(f"- **b**: {sentence}")
    assert told == ("large_step", sentence)
