"""One page of a preview, made in a process of its own: ``python -m grader.preview.render PSET_DIR OUT student|solved``.

Students' folder is built once a round, for the page ``student``; the solved handout runs in it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from grader.build import build
from grader.build.page import handout_page, solved_notebook
from grader.errors import GradmarkError
from grader.pset import load_problem_set

__all__ = ["render"]


def render(folder: Path, out: Path, page: str) -> None:
    """Write OUT/student.html, the handout as students get it, or OUT/solved.html, the same with answers and outputs."""
    problem_set = load_problem_set(folder)
    if page == "student":
        student, _ = build(problem_set, out)
        notebook = json.loads((student / f"{problem_set.name}.ipynb").read_text(encoding="utf-8"))
    else:
        notebook = solved_notebook(problem_set, out / "student")
    whole = out / f"{page}.html.new"  # so that the server never reads half a page
    whole.write_text(handout_page(notebook), encoding="utf-8")
    os.replace(whole, out / f"{page}.html")


def main() -> None:
    folder, out, page = sys.argv[1:]
    try:
        render(Path(folder), Path(out), page)
    except GradmarkError as error:
        print(error)
        sys.exit(1)


if __name__ == "__main__":
    main()
