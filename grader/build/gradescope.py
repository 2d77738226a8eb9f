"""Make DIR/PSET-gradescope.zip: an autograder to upload, for courses without an image of their own.

It holds answers and hidden tests, and is for Gradescope alone.
"""

from __future__ import annotations

from pathlib import Path

from grader.build.archive import files_below, zipped
from grader.build.wheel import own_wheel
from grader.errors import GradmarkError
from grader.pset import ProblemSet

__all__ = ["build_autograder"]

# A plain path: importing grader.gradescope would bring all of grading with it.
_FILES = Path(__file__).resolve().parents[1] / "gradescope" / "files"
_PROGRAMS = ("setup.sh", "run_autograder")


def build_autograder(pset: ProblemSet, out: Path) -> Path:
    """Write the zip and return its path.

    At its top lie setup.sh, run_autograder, the pinned requirements and this gradmark as a wheel; beside them the
    course's reference/, the one problem set and what it needs of the course besides.
    """
    files = {name: (_FILES / name).read_bytes() for name in (*_PROGRAMS, "requirements.txt")}
    wheel, content = own_wheel()
    files[wheel] = content
    files |= files_below(pset.course / "reference", "reference")
    files |= files_below(pset.path, f"psets/{pset.name}")
    files |= {file.relative_to(pset.course).as_posix(): file.read_bytes() for file in pset.course_files}
    target = out / f"{pset.name}-gradescope.zip"
    try:
        out.mkdir(parents=True, exist_ok=True)
        target.write_bytes(zipped(files, programs=_PROGRAMS))
    except OSError as error:
        raise GradmarkError(f"cannot write to {out}: {error.strerror}; give another --out") from None
    return target
