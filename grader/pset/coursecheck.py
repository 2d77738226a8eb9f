"""Everything that can be said about a problem set's files without running a student's code."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from importlib.machinery import PathFinder

from grader.draws import new_seed
from grader.errors import CourseError
from grader.pset.drawncheck import personal_slips
from grader.pset.findings import every_error
from grader.pset.guesscheck import guess_slips
from grader.pset.handoutcheck import handout_slips
from grader.pset.problemset import ProblemSet
from grader.pset.public import public_tests
from grader.pset.suitecheck import suite_slips
from grader.pset.valuecheck import value_slips
from grader.pset.variantcheck import variant_slips

__all__ = ["check_course", "is_installed", "missing_modules", "suggestions"]


def check_course(pset: ProblemSet) -> list[CourseError]:
    """Errors that loading does not find: in solutions, tests, mistakes, alternatives and data; none if all is well."""
    return every_error(
        lambda: personal_slips(pset),
        lambda: handout_slips(pset),
        lambda: value_slips(pset),
        lambda: suite_slips(pset),
        lambda: guess_slips(pset),
        lambda: public_tests(pset),
        lambda: variant_slips(pset, pset.mistakes()),
        lambda: variant_slips(pset, pset.alternatives()),
        lambda: missing_modules(pset),
    )


def suggestions(pset: ProblemSet) -> list[str]:
    """What is not wrong but could be better."""
    where, found = pset.shown(pset.path / "pset.yaml"), []
    if pset.file.seed is None:
        found.append(
            f"{where}: a suggestion: add a seed, so that a change to one test does not change the numbers that others "
            f'draw; you can use this line\nseed: "{new_seed()}"'
        )
    if pset.file.due is None and pset.visibility != "hidden" and pset.holds_any:
        found.append(
            f"{where}: a suggestion: add due:, so that nobody sees before then whether a choice or a short text is "
            "right; without it, that is shown as soon as grades are published"
        )
    return found


def missing_modules(pset: ProblemSet) -> Iterator[CourseError]:
    """Modules of ``preload`` that this machine lacks; nobody wrote such a list for another grader's assignment."""
    if not pset.of_a_course:
        return
    for index, name in enumerate(pset.preload):
        if not is_installed(name):
            yield CourseError(
                f"{pset.place(f'$.preload[{index}]')}: {name} is not installed here, so no sandbox can import it; "
                "install it or correct the name"
            )


def is_installed(name: str) -> bool:
    """Whether this machine has a module; finding out imports nothing."""
    package, _, rest = name.partition(".")
    if not package or (spec := importlib.util.find_spec(package)) is None:
        return False
    for part in rest.split(".") if rest else ():
        if spec.submodule_search_locations is None:
            return True  # not a package: only importing it shows what it adds, as os adds os.path
        inner = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
        if inner is None:
            return False
        spec = inner
    return True
