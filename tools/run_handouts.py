"""Run every solved handout top to bottom in a real Jupyter kernel, and write it as HTML to look at.

    python tools/run_handouts.py OUT_DIR [COURSE]

Ends with 1 if a cell of any of them fails, or a check in it does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter

from grader.build import build, solution_notebook
from grader.build.notebooks import notebook_bytes
from grader.pset import ProblemSet, load_problem_set


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    course = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).resolve().parents[1]
    folders = sorted(file.parent for file in course.glob("psets/*/pset.yaml"))
    problems = [problem for folder in folders for problem in run(load_problem_set(folder), out)]
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


def run(problem_set: ProblemSet, out: Path) -> list[str]:
    """Execute one handout beside its data and its public tests; what went wrong."""
    notebook = nbformat.reads(notebook_bytes(solution_notebook(problem_set)).decode(), as_version=4)
    with tempfile.TemporaryDirectory() as scratch:
        build(problem_set, Path(scratch))
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": f"{scratch}/student"}})
        try:
            client.execute()
        except CellExecutionError as error:
            return [f"{problem_set.name}: a cell failed: {str(error).splitlines()[-1]}"]
    page, _ = HTMLExporter(template_name="lab").from_notebook_node(notebook)
    (out / f"{problem_set.name}.html").write_text(page, encoding="utf-8")
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    figures = sum("image/png" in output.get("data", {}) for cell in cells for output in cell.outputs)
    print(f"{problem_set.name}: {len(cells)} code cells, {figures} figures, {out / problem_set.name}.html")
    return [] if figures else [f"{problem_set.name}: no figure was drawn"]


if __name__ == "__main__":
    main()
