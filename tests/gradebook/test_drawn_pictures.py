"""What the cells of written answers draw, from grading to the page of whoever grades by hand."""

from __future__ import annotations

import base64
import copy
import io
import json

import matplotlib.pyplot as plt
import pytest

from grader.build.notebooks import notebook_bytes, solution_notebook
from grader.encoding import decode_exact, encode_exact, encode_shown
from grader.gradebook.answers import Answer, page_parts
from grader.gradebook.record import result_digest
from grader.gradebook.scores import QuestionInfo
from grader.judge import Submission
from grader.sandbox.outside.drawn import is_png
from grader.sandbox.outside.rendering import answers_sandbox, render_answers
from tests.asking.answering import judge_of

DRAWING = "plt.plot(np.sort(errors)"


def png(width=3.0):
    figure, content = plt.figure(figsize=(width, 2)), io.BytesIO()
    figure.savefig(content)
    plt.close(figure)
    return content.getvalue()


def graded(change=lambda cell: None):
    judge = judge_of("figures")
    notebook = copy.deepcopy(json.loads(notebook_bytes(solution_notebook(judge.problem_set))))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        if DRAWING in cell["source"]:
            change(cell)
    return judge.grade(Submission("ada", {"figures.ipynb": json.dumps(notebook).encode()}))


def stored(cell, content):
    data = {"image/png": base64.b64encode(content).decode()}
    cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]


def test_a_figure_is_the_one_that_was_drawn_when_it_was_graded():
    old = png()
    result = graded(lambda cell: stored(cell, old))
    (name,) = result.pictures
    assert is_png(result.pictures[name])
    assert result.pictures[name] != old
    assert f"![drawn by the cell](drawn:{name})" in result.answers["q3"]
    assert "picture:" not in result.answers["q3"]


def test_a_figure_that_is_only_stored_is_called_so():
    def change(cell):
        stored(cell, png())
        cell["source"] = "x = 3"

    result = graded(change)
    assert result.pictures == {}
    assert (
        "*Stored in the notebook; its cell drew nothing when it was graded:*\n\n![drawn"
        in result.answers["q3"]
    )


def test_figures_of_any_size_are_bounded():
    def change(cell):
        cell["source"] = (
            "for _ in range(30):\n    plt.figure(figsize=(40, 90))\n    plt.imshow(np.random.rand(900, 900))\n"
            "    plt.axis('off')\n    plt.show()"
        )

    result = graded(change)
    assert len(result.pictures) <= 12
    assert all(len(one) <= 250_000 for one in result.pictures.values())


def test_pictures_are_kept_in_the_gradebook_and_nowhere_else():
    result = graded()
    assert decode_exact(encode_exact(result)) == result
    assert b"pictures" not in encode_shown(result)
    without = decode_exact(encode_exact(result))
    without.pictures = {}
    assert result_digest(without) == result_digest(result)


def test_the_page_shows_them():
    result = graded()
    question = QuestionInfo(id="q3", title="A figure", points=2, manual=True, bonus=False)
    with answers_sandbox() as sandbox:
        (markup,) = render_answers(sandbox, [result.answers["q3"]], {}, "figures", result.pictures)
        (bare,) = render_answers(sandbox, ["![a](drawn:9.0)"], {}, "figures", result.pictures)
    (picture,) = result.pictures.values()
    shown = f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}"'
    assert shown in markup
    assert bare == "<p>[image: a]</p>\n"
    answer = Answer("ada", question, result.answers["q3"], None, "")
    assert shown in "".join(page_parts(question, [answer], lambda _: markup))


HEAD, END = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        HEAD + END,
        HEAD + (10**6).to_bytes(4, "big") * 2 + END,
        HEAD + bytes(8) + END,
        HEAD + (100).to_bytes(4, "big") * 2,
        b"<svg/>" + END,
    ],
)
def test_what_is_no_picture(content):
    assert not is_png(content)


def test_a_picture_is_one():
    assert is_png(png())
    assert not is_png(png(30.0))
