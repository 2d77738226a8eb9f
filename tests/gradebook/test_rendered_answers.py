"""Written answers as who grades them sees them: their markup and pictures, and nothing of what could do harm."""

from __future__ import annotations

import base64
import json
import re

import pytest

from grader.gradebook import page_parts
from grader.gradebook.answers import Answer
from grader.gradebook.scores import QuestionInfo
from grader.judge.written import written_questions
from grader.pset import load_problem_set
from grader.sandbox.crossing.markup import is_safe
from grader.sandbox.crossing.messages import Render
from grader.sandbox.inside.submission import read_submission
from grader.sandbox.inside.written import MAX_ANSWER, written_answers
from grader.sandbox.outside.rendering import answers_sandbox, render_answers
from tests.browser.hostile import MARKDOWN
from tests.gradebook.course import HEADING
from tests.pset.tiny import write_tiny_course

Q3 = QuestionInfo("q3", "Explain", 4.0, True)


@pytest.fixture(scope="module")
def sandbox():
    with answers_sandbox() as made:
        made.start()
        assert made.problems == {}
        yield made


def answers_page(question, answers, markup) -> str:
    """The whole page, with markup by submission and question."""
    return "".join(page_parts(question, answers, lambda one: markup.get((one.submission, question.id), "")))


def rendered(sandbox, *texts: str) -> list[str]:
    made = render_answers(sandbox, texts)
    assert all(is_safe(markup) for markup in made)
    return made


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and more").decode()
OTHER = base64.b64encode(b"\x89PNG\r\n\x1a\n and others").decode()
SHOWN = '<img src="data:image/png;base64,{}" alt="picture in the answer" />'


def pictured() -> dict[str, bytes]:
    """A notebook with a picture of every kind in its answer, and one beside it."""
    cells = [
        {"cell_type": "markdown", "source": HEADING},
        {
            "cell_type": "markdown",
            "source": "Pasted: ![image.png](attachment:my%20plot.png) and ![no](attachment:none.png)",
            "attachments": {"my plot.png": {"image/png": PNG}},
        },
        {"cell_type": "markdown", "source": f"Inside: ![x](data:image/png;base64,{PNG})"},
        {
            "cell_type": "code",
            "source": "plot()",
            "outputs": [{"output_type": "display_data", "data": {"image/png": [OTHER[:9], OTHER[9:]]}}],
        },
        {
            "cell_type": "markdown",
            "source": '<img src="attachment:a.png" width="500"/>',
            "attachments": {"a.png": 7},
        },
        {"cell_type": "raw", "source": "Beside: ![](figures/f.png) ![](../f.png) ![](/etc/passwd)"},
    ]
    notebook = {"cells": [*cells, {"cell_type": "code", "source": "x = 1"}], "nbformat": 4}
    return {"work/ps1.ipynb": json.dumps(notebook).encode(), "work/figures/f.png": base64.b64decode(PNG)}


def test_the_pictures_of_an_answer_reach_who_grades_it(sandbox, tmp_path):
    asked = written_questions(load_problem_set(write_tiny_course(tmp_path / "asked")))
    opened = read_submission(pictured(), "ps1", tmp_path)
    text = written_answers(opened.cells, asked)["q3"]
    assert PNG not in text
    assert "![drawn by the cell](picture:3.0)" in text
    (markup,) = render_answers(sandbox, [text], pictured(), "ps1")
    assert is_safe(markup)
    assert markup.count(SHOWN.format(PNG)) == 3
    assert markup.count(SHOWN.format(OTHER)) == 1
    assert markup.count("[image: ") == 4
    page = answers_page(Q3, [Answer("ada", Q3, text, None, "")], {("ada", "q3"): markup})
    assert "img-src data:" in page
    assert SHOWN.format(OTHER) in page


def test_what_is_no_picture_is_none(sandbox):
    texts = ["![a](picture:0.0)", "![b](picture:9.9)", "![c](picture:" + "1" * 6 + ".0)", "![d](x.png)"]
    cell = {
        "cell_type": "markdown",
        "source": "![a](attachment:a)",
        "attachments": {"a": {"image/png": "PHN2Zz4="}},
    }
    notebook = {"cells": [cell, {"cell_type": "code", "source": "x"}]}
    files = {"ps1.ipynb": json.dumps(notebook).encode(), "x.png": b"<svg>"}
    assert render_answers(sandbox, texts, files, "ps1") == [f"<p>[image: {name}]</p>\n" for name in "abcd"]


def test_pictures_beyond_the_room_for_them_are_described_and_the_text_stays(sandbox):
    large = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(300_000)).decode()
    cells = [
        {"cell_type": "markdown", "source": "![a](attachment:a)", "attachments": {"a": {"image/png": large}}}
    ]
    files = {"ps1.ipynb": json.dumps({"cells": [*cells, {"cell_type": "code", "source": "x"}]}).encode()}
    (markup,) = render_answers(sandbox, ["text ![a](picture:0.0)" * 5], files, "ps1")
    assert (markup.count("<img"), markup.count("[image: a]"), markup.count("text")) == (3, 2, 5)


def test_a_page_runs_nothing_and_fetches_nothing(sandbox):
    hostile = (
        "<script>alert(1)</script> **bold** <img src=x onerror=alert(1)>\n\n[link](javascript:alert(1))\n\n"
        "![tracker](http://x/y.png)\n\n$a<b>c$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    (markup,) = rendered(sandbox, hostile)
    name = 'x"><script>'
    page = answers_page(
        Q3, [Answer(name, Q3, hostile, 3.0, "<b>no</b>"), Answer("empty", Q3, "", None, "")], {(name, "q3"): markup}
    )  # fmt: skip
    assert "default-src 'none'" in page
    assert "<strong>bold</strong>" in page
    assert "<td>1</td>" in page
    assert "a&lt;b&gt;c" in page
    assert "(nothing was written)" in page
    tags = set(re.findall(r"<\s*([a-zA-Z]+)", page))
    assert not tags & {"script", "img", "b>no", "iframe", "link", "object"}
    assert not re.search(r"""(href|src)\s*=\s*["']?\s*(javascript|http)""", page)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a *b*\nc", "<p>a <em>b</em>\nc</p>"),
        ("```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"),
        ("    y = 2", "<pre><code>y = 2\n</code></pre>"),
        ("| a |\n|:-:|\n| 1 |", "<td>1</td>"),
        ("7. seven\n8. eight", '<ol start="7">'),
        ("123456789. many", "<ol>"),
        ("$$\nx^2 < 1\n$$", '<div class="fx">'),
        ("*a $x_1<2$*", '<span class="fx">x_1&lt;2</span>'),
        ("[**a**](https://u.example/?a=1&b=2 'title')", '<a href="https://u.example/?a=1&amp;b=2"><strong>a</strong></a>'),
        ("[a](../secret) [b](ftp://x) [c](#d)", "<p>a b c</p>"),
        ("> - ~~x~~\n\n---", "<hr />"),
        ("![<b>](x.png)", "[image: &lt;b&gt;]"),
        ("&copy; \\<b>", "© &lt;b&gt;"),
    ],
)  # fmt: skip
def test_markdown_comes_out_as_markup_that_is_let_through(sandbox, text, part):
    (markup,) = rendered(sandbox, text)
    assert part in markup


def test_hostile_markdown_is_let_through_as_what_it_says(sandbox):
    for name, text in MARKDOWN.items():
        (markup,) = rendered(sandbox, text)
        assert markup, name
        known = r'<[a-z0-9]+(?: /| href="(?:https?://|mailto:)[^"]*"| class="fx"| start="[0-9]+")?>'
        assert all(re.fullmatch(known, tag) for tag in re.findall(r"<[a-z][^>]*>", markup)), name


BOMBS = {
    "brackets": "[" * MAX_ANSWER,
    "links": "[a](" * (MAX_ANSWER // 4),
    "images": "![" * (MAX_ANSWER // 2),
    "emphasis": "*a **a " * (MAX_ANSWER // 7),
    "quotes": "> " * (MAX_ANSWER // 2),
    "lists": "".join(" " * n + "- a\n" for n in range(190)),
    "backticks": "".join("`" * n + " " for n in range(190)),
    "formulas": "$a" * (MAX_ANSWER // 2),
    "tables": "|" * 9_000 + "\n" + "|-" * 5_000,
    "entities": "&" * MAX_ANSWER,
    "references": "[a]: b\n" * 900 + "[a]" * 4_000,
    "brackets of HTML": "<" * MAX_ANSWER,
}


def test_a_bomb_is_shown_in_one_form_or_the_other_and_the_next_answer_too(sandbox):
    for name, bomb in BOMBS.items():
        made = rendered(sandbox, bomb, "*next*")
        assert made[1] == "<p><em>next</em></p>\n", name
        page = answers_page(Q3, [Answer("ada", Q3, bomb, None, "")], {("ada", "q3"): made[0]})
        assert ("<section>" in page) == bool(made[0])
        assert ('class="typed"' in page) == (not made[0])


@pytest.mark.parametrize(
    "text",
    [
        f"[a]: http://x.org/{'a' * 1900}\n\n" + "[a]\n\n" * 1000,
        f"[a]: mailto:{'b' * 900}\n\n" + "[a] " * 2000,
        f"[a]: https://x.org/{'c' * 1900}\n\n|a|b|\n|-|-|\n" + "|[a]|[a]|\n" * 300,
    ],
    ids=["lines", "words", "a table"],
)
def test_an_answer_that_would_fill_the_page_is_text_and_the_next_is_not(sandbox, text):
    made = rendered(sandbox, text, "*next*")
    assert made == ["", "<p><em>next</em></p>\n"]
    page = answers_page(Q3, [Answer("ada", Q3, text, None, "")], {("ada", "q3"): made[0]})
    assert 'class="typed"' in page


@pytest.mark.parametrize(
    "text", ["$x$ " * 4_000, "|a" * 100 + "\n" + "|-" * 100 + "\n" + ("|a" * 100 + "\n") * 80]
)
def test_an_answer_full_of_short_formulas_or_cells_has_its_markup(sandbox, text):
    assert rendered(sandbox, text) != [""]


def test_a_page_is_made_answer_by_answer():
    asked: list[str] = []

    def markup(answer: Answer) -> str:
        asked.append(answer.submission)
        return f"<p>{answer.submission}</p>"

    answers = [Answer(name, Q3, "x", None, "") for name in ("ada", "ben")] + [Answer("cy", Q3, "", None, "")]
    parts = page_parts(Q3, answers, markup)
    next(parts)
    assert not asked
    assert "<p>ada</p>" in next(parts)
    assert asked == ["ada"]
    assert "</html>" in "".join(parts)
    assert asked == ["ada", "ben"]


def test_an_answer_that_takes_too_long_is_text(monkeypatch):
    from grader.sandbox.inside import answers

    def endless(_text):
        while True:
            pass

    monkeypatch.setattr(answers, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(answers._MARKDOWN, "render", endless)
    assert answers._markup("x", None, {}) == ""


@pytest.mark.parametrize(
    "forged", ["<script>alert(1)</script>", "<p>x", "</section></article><p>x</p>", '<p onclick="f()">x</p>']
)
def test_markup_that_a_process_made_up_is_not_shown(forged):
    page = answers_page(Q3, [Answer("ada", Q3, "typed <b>", None, "")], {("ada", "q3"): forged})
    assert forged not in page
    assert '<p class="typed">typed &lt;b&gt;</p>' in page


def test_a_process_that_dies_leaves_its_answers_as_text(sandbox, monkeypatch):
    from grader.sandbox.outside import rendering

    monkeypatch.setattr(rendering, "RenderAnswers", lambda **_: Render(paths=["a", "b"], name="x"))
    assert render_answers(sandbox, ["*a*", "*b*"]) == ["", ""]
