"""Find a problem set, read it and check that its files agree.

Loading only reads source. What takes longer (filling in solutions, exporting public tests, importing mistakes) waits
until somebody asks for it; `grader.pset.check_course` does it all.
"""

from __future__ import annotations

from pathlib import Path

from grader.errors import CourseError
from grader.pset.consistency import inconsistencies
from grader.pset.names import nearest
from grader.pset.problemset import COURSE_FILE, ProblemSet
from grader.pset.schema import CourseFile, PsetFile
from grader.pset.yamlfile import SourceLines, read_yaml
from grader.times import zone_named

__all__ = ["examine_problem_set", "find_course", "load_problem_set", "resolve_problem_set"]


def find_course(start: Path) -> Path:
    """The nearest folder, from ``start`` upward, that contains psets/; raises `CourseError` if there is none."""
    start = Path(start).resolve()
    for folder in (start, *start.parents):
        if (folder / "psets").is_dir():
            return folder
    raise CourseError(f"no folder at or above {start} contains psets/; name the course with --course DIR")


def resolve_problem_set(name: str, course: Path | None = None) -> Path:
    """The folder of a problem set, given as a path or as a name under the course's psets/.

    Raises `CourseError` with the existing names if there is no such problem set.
    """
    given = Path(name)
    if (given / "pset.yaml").is_file():
        return given.resolve()
    root = find_course(course or Path.cwd())
    folder = root / "psets" / name
    if (folder / "pset.yaml").is_file():
        return folder
    if given.is_dir() or folder.is_dir():
        raise CourseError(f"{folder if folder.is_dir() else given} has no pset.yaml; add one")
    known = sorted(file.parent.name for file in (root / "psets").glob("*/pset.yaml"))
    raise CourseError(f"no problem set {name!r} in {root / 'psets'}; {nearest(name, known)}")


def load_problem_set(path: Path | str) -> ProblemSet:
    """The problem set in the folder ``path``, if its files agree.

    Raises `CourseError`: one sentence with the file, the line if known, and what to do.
    """
    problem_set, lines = _read(Path(path))
    if problems := inconsistencies(problem_set, lines):
        raise problems[0]
    return problem_set


def examine_problem_set(path: Path | str) -> tuple[ProblemSet | None, list[CourseError]]:
    """Like `load_problem_set`, but with every error; if there is any, without the problem set."""
    try:
        problem_set, lines = _read(Path(path))
    except CourseError as error:
        return None, [error]
    problems = inconsistencies(problem_set, lines)
    return (None if problems else problem_set), problems


def _read(path: Path) -> tuple[ProblemSet, SourceLines]:
    folder = path.resolve()
    if not folder.is_dir():
        raise CourseError(f"{path} is not a folder; give a problem set's folder, such as psets/ps1")
    course = find_course(folder)
    yaml_path = folder / "pset.yaml"
    file, lines = read_yaml(yaml_path, yaml_path.relative_to(course).as_posix(), PsetFile)
    return ProblemSet(folder, course, file, lines, _defaults(course)), lines


def _defaults(course: Path) -> CourseFile:
    path = course / COURSE_FILE
    if not path.exists():
        return CourseFile()
    file, lines = read_yaml(path, COURSE_FILE, CourseFile)
    try:
        if file.timezone:
            zone_named(file.timezone)
    except ValueError as error:
        raise CourseError(f"{lines.at('$', 'timezone')}: {error}") from None
    return file
