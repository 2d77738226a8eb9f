"""A problem set of one question, to ask for a single thing."""

from __future__ import annotations

from pathlib import Path

from grader.judge import Judge, Submission
from grader.pset import load_problem_set
from grader.results import SubmissionResult
from tests.notebooks import notebook

__all__ = ["answer", "judge_for"]

SETTINGS = """\
title: "One question"
seed: "27182818284590452353602874713526"
handout: one.md
visibility: hidden
preload: [{preload}]
limits: {{cell_seconds: 30, call_seconds: 20, submission_seconds: 120, memory_mb: {memory_mb}}}
questions:
  - {{id: q1, title: "One", points: 1, functions: [answer]}}
"""
HANDOUT = """\
---
jupyter:
  kernelspec: {{display_name: Python 3, language: python, name: python3}}
---

<!-- #raw -->
# BEGIN QUESTION
name: q1
<!-- #endraw -->

```python
def answer({parameters}):
    # SOLUTION: reference.one.answer
```

<!-- #raw -->
# END QUESTION
<!-- #endraw -->
"""


def judge_for(
    folder: Path,
    test: str,
    *,
    preload: str,
    reference: str = "",
    parameters: str = "x",
    memory_mb: int = 1024,
) -> Judge:
    """A judge of a course whose one test has this body; ``student`` and ``rng`` are there, and all of ``grader``.

    Args:
        folder: Where to write the course.
        test: Lines of the test.
        preload: Modules that the sandbox imports, separated by commas.
        reference: The answer's module; by default it returns its argument.
        parameters: Of the answer.
        memory_mb: What a submission may use.
    """
    pset = folder / "psets" / "one"
    (pset / "suite").mkdir(parents=True)
    (folder / "reference").mkdir()
    (folder / "reference" / "__init__.py").write_text("")
    (folder / "reference" / "one.py").write_text(reference or f"def answer({parameters}):\n    return x\n")
    (pset / "pset.yaml").write_text(SETTINGS.format(preload=preload, memory_mb=memory_mb))
    (pset / "one.md").write_text(HANDOUT.format(parameters=parameters))
    body = "\n".join(f"    {line}" for line in test.strip().splitlines())
    imports = "import numpy as np\nimport grader\nfrom grader import *\nfrom grader import question\n"
    (pset / "suite" / "test_one.py").write_text(
        f'{imports}\n\n@question("q1", points=1)\ndef test_one(student, rng):\n    """One."""\n{body}\n'
    )
    return Judge(load_problem_set(pset))


def answer(judge: Judge, *cells: str) -> SubmissionResult:
    """The result of a notebook with these cells."""
    return judge.grade(Submission("someone", {"one.ipynb": notebook(list(cells))}))
