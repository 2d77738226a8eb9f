"""What an assignment's tests and submissions import besides gradmark's own packages, and the Python they run in.

The author's libraries are installed from the author's requirements, never from what a submission names, into a folder
of their own that is looked into last. So nothing of gradmark's is replaced, whatever version the author asks for.
"""

from __future__ import annotations

import ast
import hashlib
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from grader.adopt.assignment import Assignment
from grader.adopt.plan import keyed
from grader.adopt.roles import GRADERS, code_of
from grader.foreign import python_of
from grader.notebook.magics import tree
from grader.sandbox.isolation import Interpreter, interpreter_at
from grader.sandbox.isolation.interpreter import this_interpreter
from grader.text import listed

__all__ = [
    "HERE_ALONE",
    "Beside",
    "Environment",
    "conflicts",
    "course_modules",
    "environment_of",
    "find_first",
    "folder_for",
    "lacking",
    "parsed",
    "unlike",
]

RECORD = "gradmark-libraries.json"


class Beside(msgspec.Struct, frozen=True):
    """Packages that were installed beside those of an interpreter."""

    requirements: tuple[str, ...]
    """What was asked for."""
    installed: tuple[str, ...] = ()
    """What was added, such as ``folium==0.17.0``, with what that needs."""
    folder: str = ""


@dataclass(frozen=True)
class Environment:
    """Where the judge and the sandbox of an assignment find what is not gradmark's own."""

    python: Interpreter | None = None
    """The sandbox's interpreter, if it is not the judge's."""
    judge: Beside | None = None
    sandbox: Beside | None = None

    @property
    def installed(self) -> tuple[str, ...]:
        """What was added to the judge's packages or the sandbox's."""
        found = [one.installed for one in (self.judge, self.sandbox) if one is not None]
        return tuple(dict.fromkeys(name for names in found for name in names))

    @property
    def judges_folders(self) -> tuple[str, ...]:
        return (self.judge.folder,) if self.judge else ()

    @property
    def sandboxs_folders(self) -> tuple[str, ...]:
        return (self.sandbox.folder,) if self.sandbox else ()

    @property
    def versions(self) -> dict[str, str]:
        """The sandbox's, under provenance's names, if it has an interpreter of its own."""
        return {"python": self.python.python, "numpy": self.python.numpy} if self.python else {}


HERE_ALONE = Environment()
"""gradmark's own packages and nothing else."""


def environment_of(assignment: Assignment, python: str | None = None) -> Environment:
    """The environment of an assignment, with what was installed for it before.

    Args:
        assignment: The assignment.
        python: The sandbox's interpreter, if it is not to be this one.

    Raises:
        SandboxError: No submission can run in that interpreter.
    """
    other = interpreter_at(python) if python else None
    if other is not None and other.executable == sys.executable:
        other = None
    judge = _kept(assignment, this_interpreter())
    return Environment(other, judge, judge if other is None else _kept(assignment, other))


def folder_for(assignment: Assignment, python: Interpreter) -> Path:
    """Where an assignment's libraries for an interpreter go: into the user's cache, for equal requirements the same."""
    said = [*assignment.requirements, "", python.tag, *python.prefixes]
    return _cache() / "libraries" / hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]


def _cache() -> Path:
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named).absolute() / "gradmark"
    # A submission's user, whom only root can take, must pass through the folders above, and root's own are private.
    return Path("/var/cache/gradmark") if os.geteuid() == 0 else Path.home() / ".cache" / "gradmark"


def _kept(assignment: Assignment, python: Interpreter) -> Beside | None:
    if not assignment.requirements:
        return None
    folder = folder_for(assignment, python)
    try:
        read = msgspec.json.decode((folder / RECORD).read_bytes(), type=Beside)
    except (OSError, msgspec.MsgspecError):
        return None
    return msgspec.structs.replace(read, folder=str(folder))


# What is missing, and what conflicts -----------------------------------------------------------------------------


def lacking(assignment: Assignment, environment: Environment, given: Path) -> str:
    """A sentence about modules that the author's files import and the judge does not have; empty if it has all."""
    missing = sorted(set(_imported(assignment)) - set(_found(assignment, environment)))
    if not missing:
        return ""
    verb = "is" if len(missing) == 1 else "are"
    names = (
        listed(missing[:5]) if len(missing) <= 5 else f"{', '.join(missing[:5])} and {len(missing) - 5} more"
    )
    command = f"`gradmark adopt {given} --install`"
    if assignment.requirements and environment.judge is None:
        return f"the assignment imports {names}, which {verb} not installed here; {command} installs what it requires"
    where = given if given.is_dir() else given.parent
    return (
        f"the assignment imports {names}, which {verb} neither installed here nor among its requirements; name what to "
        f"install in {where / 'requirements.txt'}, and {command} installs it"
    )


def _found(assignment: Assignment, environment: Environment) -> Iterator[str]:
    """Of the modules that are imported, those that the judge can import; nothing is imported for it."""
    # Not the folder that somebody works in, where anything may lie.
    here = {"", os.getcwd()}
    path = [*(entry for entry in sys.path if entry not in here), *environment.judges_folders]
    for name in _imported(assignment):
        if (
            name in sys.stdlib_module_names
            or name in course_modules(assignment)
            or _has_finder(name)
            or PathFinder.find_spec(name, path) is not None
        ):
            yield name


def _has_finder(name: str) -> bool:
    """Whether one of the finders that packages bring knows it: those of editable installations."""
    for finder in sys.meta_path:
        if finder is not PathFinder and getattr(finder, "find_spec", None) and finder.find_spec(name, None):
            return True
    return False


def course_modules(assignment: Assignment) -> set[str]:
    """The modules of the author's own beside the notebook."""
    found = set()
    for name in assignment.files:
        first, _, rest = name.removeprefix("./").partition("/")
        if rest and rest.endswith(".py"):
            found.add(first)
        elif not rest and first.endswith(".py"):
            found.add(first.removesuffix(".py"))
    return found


class _First:
    """Finds modules of a folder before any others of their names, as a notebook in that folder would."""

    def __init__(self, names: Collection[str], folder: Path) -> None:
        self._names, self._path = names, [str(folder)]

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return PathFinder.find_spec(name, self._path) if name in self._names else None


def find_first(names: Collection[str], folder: Path) -> None:
    """Have this process import these modules from a folder, but for Python's own and what it has imported already."""
    sys.meta_path.insert(0, _First(set(names) - sys.stdlib_module_names, folder))


def _imported(assignment: Assignment) -> set[str]:
    """The modules that the notebook and the tests import in any case, by their first names."""
    sources = [source for cell in assignment.cells for source in (cell.source, cell.solution or "")]
    sources = [python_of(source) for source in sources]
    for _, _, test in keyed(assignment):
        try:
            sources.append(code_of(test))
        except ValueError:
            continue
    found: set[str] = set()
    for source in sources:
        if (module := tree(source)) is not None:
            found |= set(_first_names(module))
    return found - GRADERS


def _first_names(node: ast.AST) -> Iterator[str]:
    """Imports, but for those under a condition or in a ``try``, which may be meant for other machines."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            if child.module and not child.level:
                yield child.module.partition(".")[0]
        elif not isinstance(child, ast.If | ast.Try | ast.TryStar):
            yield from _first_names(child)


def conflicts(assignment: Assignment) -> str:
    """A sentence about requirements that gradmark's own packages do not meet; empty if there are none."""
    installed: dict[str, str] = {canonicalize_name(one.name): one.version for one in metadata.distributions()}
    if not (pairs := unlike(assignment.requirements, installed)):
        return ""
    return f"its requirements ask for versions that are not the ones installed here: {listed(pairs)}"


def unlike(requirements: Sequence[str], installed: Mapping[str, str]) -> list[str]:
    """Requirements that what is installed does not meet, each with the version that is used.

    Args:
        requirements: As pip takes them.
        installed: Versions by name.

    >>> unlike(["numpy==1.21.6", "pandas>=2", "folium"], {"numpy": "2.4.6", "pandas": "2.3.3"})
    ['numpy==1.21.6 (2.4.6 is used)']
    """
    found = []
    for line in requirements:
        wanted = parsed(line)
        there = wanted and installed.get(canonicalize_name(wanted.name))
        if wanted and there and not wanted.specifier.contains(there, prereleases=True):
            found.append(f"{wanted.name}{wanted.specifier} ({there} is used)")
    return found


def parsed(line: str) -> Requirement | None:
    """A requirement that is meant for this Python and names a package; None for any other line, such as an address."""
    try:
        found = Requirement(line)
    except InvalidRequirement:
        return None
    return found if found.marker is None or found.marker.evaluate() else None
