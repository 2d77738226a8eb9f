"""Run every solved handout top to bottom in a real Jupyter kernel, and write it as HTML to look at.

    python -m tools.run_handouts OUT_DIR [COURSE]

The exit code is 1 if any cell or check fails.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from grader.build import build
from grader.build.page import handout_page, solved_notebook
from grader.errors import CourseError
from grader.pset import ProblemSet, load_problem_set
from tools.psets import ready, waiting


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    course = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).resolve().parents[1]
    problems = [problem for folder in ready(course) for problem in run(load_problem_set(folder), out)]
    for name, missing in waiting(course).items():
        print(f"NOT RUN here: {name}, which needs {', '.join(missing)} (make test-libraries)")
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


def run(problem_set: ProblemSet, out: Path) -> list[str]:
    """Run one handout beside its data and public tests, and return what went wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        student, _ = build(problem_set, Path(scratch))
        try:
            notebook = solved_notebook(problem_set, student)
        except CourseError as error:
            return [str(error)]
    (out / f"{problem_set.name}.html").write_text(handout_page(notebook), encoding="utf-8")
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    figures = sum("image/png" in output.get("data", {}) for cell in cells for output in cell["outputs"])
    print(f"{problem_set.name}: {len(cells)} code cells, {figures} figures, {out / problem_set.name}.html")
    return [] if figures else [f"{problem_set.name}: no figure was drawn"]


if __name__ == "__main__":
    main()
