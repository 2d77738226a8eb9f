"""Make DIR/PSET-gradescope.zip: an autograder to upload, for courses without their own image.

It contains answers and hidden tests, so only Gradescope should get it.
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.archive import files_below, zipped
from grader.build.packages import packages_of, pinned
from grader.wheel import own_wheel
from grader.errors import GradmarkError
from grader.pset import ProblemSet

__all__ = ["build_autograder"]

# Only a path, because importing grader.gradescope would import all of grading.
_FILES = Path(__file__).resolve().parents[1] / "gradescope" / "files"
_PROGRAMS = ("setup.sh", "run_autograder")


def build_autograder(pset: ProblemSet, out: Path) -> Path:
    """Write the zip and return its path.

    It contains setup.sh, run_autograder, pinned requirements, this gradmark as a wheel, the course's reference/, the
    problem set, and the course's files that it needs. If the problem set preloads anything else, packages.txt names it
    in the version that is installed here.
    """
    files = {name: (_FILES / name).read_bytes() for name in (*_PROGRAMS, "requirements.txt")}
    have = set(re.findall(r"^[\w-]+", files["requirements.txt"].decode(), re.MULTILINE))
    if more := [pinned(name) for name in packages_of(pset) if name not in have]:
        files["packages.txt"] = "".join(f"{name}\n" for name in more).encode()
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
