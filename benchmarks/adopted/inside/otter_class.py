"""Grade a class with otter's ``otter run``; runs in otter's environment, and needs nothing of the project.

Standard input is a JSON object: ``autograder`` (path of the archive), ``submissions`` (path by name), ``seconds`` for
each and ``jobs``. It writes what it found as JSON into the path that is its argument.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

# Imported here once, not in each fork.
import otter.execute.preprocessor
import otter.run
from each import each
from nbconvert.preprocessors import ExecutePreprocessor  # noqa: F401


def graded(autograder: str, submission: str) -> dict[str, Any]:
    """The results of one submission, as plain values."""
    with tempfile.TemporaryDirectory(prefix="otter-") as out:
        results = otter.run.main(submission, autograder=autograder, output_dir=out, no_logo=True)
        written = json.loads(Path(out, "results.json").read_text(encoding="utf-8"))
    if results.has_catastrophic_failure():
        return {"error": f"no results: {results.catastrophic_error!r}"}
    return {
        "score": written.get("score", results.total),
        "max_score": results.possible,
        "questions": {name: test_file.score for name, test_file in results.results.items()},
        "tests": [
            {
                "question": name,
                "name": result.test_case.name,
                "passed": result.passed,
                "points": result.test_case.points if result.passed else 0,
                "possible": result.test_case.points,
                "message": result.message or "",
            }
            for name, test_file in results.results.items()
            for result in test_file.test_case_results
        ],
    }


def main() -> None:
    job = json.load(sys.stdin)

    def work(name: str) -> dict[str, Any]:
        return graded(job["autograder"], job["submissions"][name])

    found = each(job["submissions"], work, seconds=job["seconds"], jobs=job["jobs"])
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
