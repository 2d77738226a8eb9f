"""Digests of what decides a grade in a problem set, so that a change of prose regrades nobody.

There are two. The *judging* part (suite, data, limits, points, and the reference modules that any of them uses) can
change every score. The *explaining* part (mistakes, alternatives, sentences) can change only what failing submissions
are told.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.encoding import enc_hook_exact
from grader.pset.drawn import drawn_in
from grader.pset.schema import PsetFile
from grader.pset.variants import variant_files

__all__ = ["GradingDigest", "contents_of", "digest_of", "own_files", "reachable", "sha256_of"]

# Settings of pset.yaml that no grade depends on.
_PROSE = {"title", "expected_hours", "due", "timezone", "handout", "late", "counts"}
_PYTHON_BLOCK = re.compile(r"^```\s*\{?(?:code-cell\s+)?python[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class GradingDigest:
    """SHA-256 digests of the two parts."""

    judging: str
    explaining: str

    @property
    def whole(self) -> str:
        """The digest of both."""
        return sha256_of([self.judging.encode(), self.explaining.encode()])


def digest_of(path: Path, course: Path, file: PsetFile, handout: str) -> GradingDigest:
    """The digests of the problem set in ``path``; the same on every machine for the same files."""
    written = msgspec.to_builtins(file, enc_hook=enc_hook_exact)
    settings = {key: value for key, value in written.items() if key not in _PROSE}
    if file.variants is None:
        del settings["variants"]  # digests without variants are those of earlier versions
    suite = own_files(path / "suite")
    data = own_files(path / file.data) if file.data else []
    kinds = ("mistake", "alternative", "symptom")
    variants = [file for kind in kinds for file in variant_files(path, kind)]
    code = "\n".join(_PYTHON_BLOCK.findall(handout))
    made = "".join(f"\n# SOLUTION: {one.data}" for one in drawn_in(file).values() if one.data)
    judged = [*suite, *data, *reachable(course, suite, code + made)]
    explained = [*variants, *path.glob("sentences.yaml"), *reachable(course, variants, "")]
    start = [msgspec.json.encode(settings, order="sorted"), code.encode()]
    return GradingDigest(
        sha256_of([*start, *contents_of(judged, course)]), sha256_of([*contents_of(explained, course)])
    )


def own_files(folder: Path) -> list[Path]:
    """A folder's files in a fixed order, without caches and hidden files."""
    found = [file for file in folder.rglob("*") if file.is_file()]
    names = [(file, file.relative_to(folder).parts) for file in found]
    own = [file for file, parts in names if not any(p.startswith(".") or p == "__pycache__" for p in parts)]
    return sorted(own, key=lambda file: file.relative_to(folder).as_posix())


def reachable(course: Path, files: Iterable[Path], code: str) -> list[Path]:
    """The reference modules that files import or solution markers in ``code`` name, and those that these import."""
    names = set(re.findall(r"#\s*SOLUTION:\s*([\w.]+)", code))
    names = names.union(*(_imports(file) for file in files if file.suffix == ".py"))
    seen: set[Path] = set()
    while names:
        new = {module for name in names for module in _modules(course, name)} - seen
        seen |= new
        names = set().union(*map(_imports, new))
    return sorted(seen)


def _imports(file: Path) -> set[str]:
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError):
        return set()  # running it will report that
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] == "reference"}


def _modules(course: Path, name: str) -> list[Path]:
    """The file of the module that a dotted name begins with, and of the packages above it."""
    parts = name.split(".")
    found = []
    for length in range(1, len(parts) + 1):
        place = course.joinpath(*parts[:length])
        found += [file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file()]
    return found


def contents_of(files: Iterable[Path], course: Path) -> Iterable[bytes]:
    """The name and content of each file, in the same order on every machine."""
    for file in sorted(set(files)):
        name = file.relative_to(course).as_posix() if file.is_relative_to(course) else file.name
        yield name.encode()
        yield file.read_bytes()


def sha256_of(parts: Iterable[bytes]) -> str:
    """The digest of a list of parts, which also depends on where each part ends."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
