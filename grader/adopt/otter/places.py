"""Where an otter assignment keeps its parts: its notebook, its solution, its tests and its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.adopt.otter.files import beside, is_archive, read_file
from grader.adopt.otter.master import is_master
from grader.adopt.otter.notebook import Notebook, called_keys, open_notebook
from grader.errors import CourseError
from grader.text import first_few

__all__ = ["Place", "place_of"]

_SOLUTION = re.compile(
    r"(?:^|[-_. ])(?:sol|soln|solns|solution|solutions|solved|key|answers?)(?:$|[-_. ])", re.IGNORECASE
)
_SOLUTION_FOLDERS = ("solution", "solutions", "sol", "solved")
_OTTERS = re.compile(
    rb"^OK_FORMAT\s*=|\botter\.test_files\b|^test\s*=[^=].*\bsuites\b", re.MULTILINE | re.DOTALL
)
_NUMBER = re.compile(r"(\d+)")


@dataclass
class Place:
    """The parts that were found; any may be missing."""

    folder: Path
    """Of the notebook that students get."""
    notebook: Path | None = None
    solution: Path | None = None
    complete: Path | None = None
    """The notebook whose metadata holds all tests, the hidden ones too."""
    tests: list[Path] = field(default_factory=list)
    master: Path | None = None
    archive: Path | None = None
    settings: dict[str, Path] = field(default_factory=dict)
    """``otter_config.json``, ``requirements.txt`` and ``environment.yml``."""
    secrets: list[Path] = field(default_factory=list)
    behind: Path | None = None
    """The folder of otter assign's output that students do not get."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """What only another notebook in the folder checks, with that notebook's name."""
    doubts: list[str] = field(default_factory=list)

    def has_tests(self) -> bool:
        """Whether there are test files that may be otter's."""
        return any(_OTTERS.search(read_file(file)) for file in self.tests)

    def has_ok_file(self) -> bool:
        """Whether okpy's settings lie beside the notebook."""
        return any(self.folder.glob("*.ok"))

    def files(self) -> dict[str, bytes]:
        """What may lie beside a submission when it runs."""
        behind = (
            beside(self.behind, [one for one in self.secrets if one != self.behind]) if self.behind else {}
        )
        return {**behind, **beside(self.folder, self.secrets)}


def place_of(path: Path) -> Place:
    """The parts of the assignment in a folder, or of a notebook.

    Raises:
        CourseError: It cannot be told which notebook is meant, or there is nothing.
    """
    if not path.is_file():
        return _released(path, None) or _gathered(path, None)
    if path.suffix != ".ipynb":
        raise CourseError(f"{path.name} is no notebook, folder or autograder.zip; give one of these")
    if is_master(_opened(path)):
        return Place(path.parent, master=path)
    return (_released(path.parent, path) if _has_behind(path.parent) else None) or _gathered(
        path.parent, path
    )


def _gathered(folder: Path, given: Path | None) -> Place:
    """What lies together in one folder; ``given`` is the notebook, if it was named."""
    tests, books = _test_files(folder / "tests"), _notebooks(folder)
    opened = {book: _opened(book) for book in books}
    masters = [book for book, read in opened.items() if is_master(read)]
    released = {
        book: read for book, read in opened.items() if book not in masters and not _SOLUTION.search(book.stem)
    }
    if masters and given is None and not (tests and released):
        return Place(folder, master=_one(masters, folder))
    archives = _archives(folder)
    if not tests and not archives:
        with_tests = {book: read for book, read in opened.items() if read.otter.get("tests")}
        released = {book: read for book, read in with_tests.items() if book in released} or with_tests
        if not released or (given and given not in with_tests):
            what = given.name if given else folder.name
            raise CourseError(
                f"{what} has no tests/ and no notebook with otter's tests; give the folder that has"
            )
    made = Place(folder, tests=tests, archive=archives[-1] if archives else None, settings=_settings(folder))
    made.secrets = [*([folder / "tests"] if tests else []), *archives]
    _choose(made, given, released or opened)
    made.solution = _solution_of(made.notebook, books, folder)
    if made.notebook and not tests and not made.archive:
        made.complete = _with_more_tests(made.notebook, made.solution)
        made.secrets.append(made.notebook)
    made.secrets += [made.solution] if made.solution else []
    return made


def _released(folder: Path, given: Path | None) -> Place | None:
    """What otter assign writes: a folder for students, and ``autograder`` with the solution and all tests."""
    for students, behind in (
        (folder / "student", folder / "autograder"),
        (folder / "dist" / "student", folder / "dist" / "autograder"),
        (folder, folder / "autograder"),
        (folder, folder.parent / "autograder"),
    ):
        books = {book: _opened(book) for book in _notebooks(students) if not _SOLUTION.search(book.stem)}
        books = {book: read for book, read in books.items() if not is_master(read)}
        if not books or not behind.is_dir() or (students == folder and behind.parent != folder and not given):
            continue
        made = Place(students, tests=_test_files(behind / "tests"), settings=_settings(behind), behind=behind)
        _choose(made, given, books)
        solution = behind / made.notebook.name if made.notebook else None
        if solution and solution.is_file():
            made.solution = made.complete = solution
        archives = _archives(behind)
        if not made.tests and not (made.complete and _opened(made.complete).otter.get("tests")):
            if not archives:
                continue
            made.archive = archives[-1]
        made.secrets = [behind, *([made.solution] if made.solution else []), *archives]
        return made
    return None


def _has_behind(folder: Path) -> bool:
    return (folder / "autograder").is_dir() or (
        folder.name == "student" and (folder.parent / "autograder").is_dir()
    )


def _archives(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.zip") if is_archive(file))


def _opened(book: Path) -> Notebook:
    return open_notebook(read_file(book), book.name)


def _test_files(folder: Path) -> list[Path]:
    files = [file for file in folder.glob("*.py") if file.is_file() and file.name != "__init__.py"]
    return sorted(files, key=lambda file: _natural(file.name))


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts q10 behind q9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(name)]


def _notebooks(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.ipynb") if file.is_file() and not file.name.startswith("."))


def _settings(folder: Path) -> dict[str, Path]:
    names = ("otter_config.json", "requirements.txt", "environment.yml")
    return {name: folder / name for name in names if (folder / name).is_file()}


def _one(books: Sequence[Path], folder: Path) -> Path:
    named = [book for book in books if book.stem.lower() == folder.resolve().name.lower()]
    if len(books) == 1 or len(named) == 1:
        return (named or books)[0]
    names = first_few([book.name for book in books])
    raise CourseError(f"{folder.name} holds several assignments ({names}); give one of them")


def _choose(place: Place, given: Path | None, books: Mapping[Path, Notebook]) -> None:
    """Take the notebook that is given, named like the folder, or the one that checks the most tests.

    Of test files that several notebooks share, those stay that the chosen one checks or that none checks.
    """
    keys = {file.stem for file in place.tests}
    checked = {book: called_keys(read).keys() for book, read in books.items()}
    if given:
        place.notebook = given
        checked[given] = called_keys(_opened(given)).keys()
    elif books:
        sizes = {book: len(keys & checked[book]) if keys else len(checked[book]) for book in books}
        most = [book for book in books if sizes[book] == max(sizes.values())]
        named = [book for book in books if book.stem.lower() == place.folder.resolve().name.lower()]
        if len(named) == 1 and (sizes[named[0]] or not max(sizes.values())):
            place.notebook = named[0]
        elif len(most) == 1 or not keys:
            place.notebook = _one(most, place.folder)
        else:
            names = first_few([book.name for book in most])
            place.doubts.append(
                f"Several notebooks check the same tests ({names}), so none of them is taken as the author's."
            )
    if place.notebook:
        others = {key: book.name for book in books if book != place.notebook for key in checked[book]}
        place.elsewhere = {key: name for key, name in others.items() if key not in checked[place.notebook]}


def _solution_of(notebook: Path | None, books: Iterable[Path], folder: Path) -> Path | None:
    """The solved notebook beside another, or in a folder for solutions."""
    if notebook is None:
        return None
    others = [book for book in books if book != notebook and _SOLUTION.search(book.stem)]
    for name in _SOLUTION_FOLDERS:
        if (folder / name).is_dir():
            others += _notebooks(folder / name)
    same = [book for book in others if _plain(book) == _plain(notebook)]
    return same[0] if same else others[0] if len(others) == 1 else None


def _plain(book: Path) -> str:
    return _SOLUTION.sub("", book.stem).strip("-_. ").lower()


def _with_more_tests(notebook: Path, solution: Path | None) -> Path:
    """Which of the two has more cases in its metadata."""
    if solution is None:
        return notebook
    ours, theirs = (len(repr(_opened(book).otter.get("tests", ""))) for book in (notebook, solution))
    return solution if theirs > ours else notebook
