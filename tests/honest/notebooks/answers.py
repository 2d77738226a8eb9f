"""Answers in another form, and notebooks that do not answer everything."""

from __future__ import annotations

import json
import re

from tests.honest.case import case
from tests.honest.work import as_files, markdown

# Answers in another dress ------------------------------------------------------------------------------------


@case("VS Code")
def with_type_hints(work):
    def annotated(found: re.Match[str]) -> str:
        names = (name.partition("=") for name in found[2].split(", "))
        arguments = (f"{name}: ArrayLike" + (f" = {value}" if value else "") for name, _, value in names)
        return f"def {found[1]}({', '.join(arguments)}) -> Any:"

    work.below_the_imports(
        """
        from typing import Any, Callable, Optional
        from numpy.typing import ArrayLike, NDArray
        """
    )
    work.in_every_answer(lambda source: re.sub(r"(?m)^def (\w+)\((.*)\):$", annotated, source))
    work.first("from __future__ import annotations")


@case("Jupyter")
def timed_answers(work):
    """Every answer behind a decorator of the student's own."""
    work.below_the_imports(
        """
        import functools, time
        def timed(function):
            @functools.wraps(function)
            def inner(*args, **kwargs):
                start = time.perf_counter()
                try:
                    return function(*args, **kwargs)
                finally:
                    inner.seconds = time.perf_counter() - start
            return inner
        """
    )
    asked = "|".join(work.functions)
    work.in_every_answer(lambda source: re.sub(rf"(?m)^(?=def ({asked})\()", "@timed\n", source))


@case("Jupyter")
def answers_from_a_module_beside_it(work):
    """A second file, imported and run; what it prints does not matter."""
    work.files["utils.py"] = b"import numpy as np\nprint('imported')\nSCALE = 2\n"
    work.files["more/__init__.py"] = b""
    work.files["more/deep.py"] = '"""Späße."""\nfrom utils import SCALE\n'.encode()
    work.above_the_imports(
        """
        import utils
        from more.deep import SCALE
        from utils import *
        %run utils.py
        %run -i utils
        """
    )


@case("Jupyter")
def saved_by_an_old_version(work):
    """The format of notebooks before version 4, lines in lists, numbers as text."""
    cells = [
        {
            "cell_type": cell["cell_type"], "metadata": {}, "language": "python", "prompt_number": 3,
            "input" if cell["cell_type"] == "code" else "source": cell["source"].splitlines(keepends=True),
            "outputs": [{"output_type": "pyout", "prompt_number": 3, "text": ["1\n"]}],
        }
        for cell in work.cells
    ]  # fmt: skip
    whole = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    return as_files(work.notebook, json.dumps(whole), {})


# Not all of it answered --------------------------------------------------------------------------------------


@case("Jupyter", "the last question", says="not answered yet", never=r"stopped")
def last_question_untouched(work):
    work.answer(work.last_function)["source"] = work.unanswered(work.last_function)


@case("Jupyter", "the last question", says="Markdown", never=r"cell \d+ stopped")
def answer_in_markdown(work):
    """The whole answer stands in a cell that is not run; a later cell fails for the lack of it."""
    cell = work.answer(work.last_function)
    source = cell["source"]
    cell.clear()
    cell |= markdown(source)
    work.last(f"print({work.last_function}(1, 2, 3))")


@case("Jupyter", "the last question", says="(?i)raw")
def answer_in_a_raw_cell(work):
    work.answer(work.last_function)["cell_type"] = "raw"


@case("Jupyter", "the last question", says="if that is your answer")
def answer_under_another_name(work):
    cell = work.answer(work.last_function)
    cell["source"] = cell["source"].replace(f"def {work.last_function}(", f"def {work.last_function}2(")


@case("Jupyter", "the last question", says="SyntaxError")
def answer_with_a_bracket_left_open(work):
    work.answer(work.last_function)["source"] += "\n    return np.array((1, 2)"


@case("Jupyter", "the last question", says="raised NotImplementedError")
def answer_that_says_not_yet(work):
    """What nbgrader's handouts leave there."""
    work.answer(work.last_function)["source"] = (
        f"def {work.last_function}(*arguments, **named):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    )


@case("Jupyter", "the last question")
def answer_of_the_wrong_kind(work):
    work.answer(work.last_function)["source"] = (
        f"def {work.last_function}(*arguments, **named):\n    return 0"
    )


@case("Jupyter", "the last question", says="torch")
def answer_that_needs_a_missing_package(work):
    """Only the question that uses it is lost, and its message says what is missing."""
    work.first("import torch")
    work.answer(work.last_function)["source"] = (
        f"def {work.last_function}(*arguments, **named):\n    return torch.tensor(arguments[0]).numpy()"
    )
