"""What of a problem set decides a grade, as digests: a change of prose regrades nobody.

Two parts are told apart. The *judging* part (suite, data, limits, points, and the reference modules that any of
them reaches) can move every score. The *explaining* part (mistakes, alternatives, sentences) can change only
what a failing submission is told.
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
        """Of both."""
        return sha256_of([self.judging.encode(), self.explaining.encode()])


def digest_of(path: Path, course: Path, file: PsetFile, handout: str) -> GradingDigest:
    """The digests of the problem set in ``path``; equal files give equal ones on every machine."""
    settings = {
        key: value
        for key, value in msgspec.to_builtins(file, enc_hook=enc_hook_exact).items()
        if key not in _PROSE
    }
    suite = own_files(path / "suite")
    data = own_files(path / file.data) if file.data else []
    variants = [*variant_files(path, "mistake"), *variant_files(path, "alternative")]
    code = "\n".join(_PYTHON_BLOCK.findall(handout))
    judged = [*suite, *data, *reachable(course, suite, code)]
    explained = [*variants, *path.glob("sentences.yaml"), *reachable(course, variants, "")]
    start = [msgspec.json.encode(settings, order="sorted"), code.encode()]
    return GradingDigest(
        sha256_of([*start, *contents_of(judged, course)]), sha256_of([*contents_of(explained, course)])
    )


def own_files(folder: Path) -> list[Path]:
    """Files of a folder that are a course's own, in a fixed order: no caches and nothing hidden."""
    found = [file for file in folder.rglob("*") if file.is_file()]
    names = [(file, file.relative_to(folder).parts) for file in found]
    own = [file for file, parts in names if not any(p.startswith(".") or p == "__pycache__" for p in parts)]
    return sorted(own, key=lambda file: file.relative_to(folder).as_posix())


def reachable(course: Path, files: Iterable[Path], code: str) -> list[Path]:
    """The reference modules that some files import, or that solution markers in ``code`` name, and theirs."""
    names = set(re.findall(r"#\s*SOLUTION:\s*([\w.]+)", code))
    pending = [file for file in files if file.suffix == ".py"]
    seen: set[Path] = set()
    while pending or names:
        for file in pending:
            names |= _imports(file)
        pending = []
        for name in names:
            for module in _modules(course, name):
                if module not in seen:
                    seen.add(module)
                    pending.append(module)
        names = set()
    return sorted(seen)


def _imports(file: Path) -> set[str]:
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError):
        return set()  # whoever runs it will say so
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] == "reference"}


def _modules(course: Path, name: str) -> list[Path]:
    """Files of the longest part of a dotted name that is a module, and of the packages on the way."""
    parts = name.split(".")
    found = []
    for length in range(1, len(parts) + 1):
        place = course.joinpath(*parts[:length])
        found += [file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file()]
    return found


def contents_of(files: Iterable[Path], course: Path) -> Iterable[bytes]:
    """Name and content of each file, in an order that does not depend on the machine."""
    for file in sorted(set(files)):
        yield (
            file.relative_to(course).as_posix().encode()
            if file.is_relative_to(course)
            else file.name.encode()
        )
        yield file.read_bytes()


def sha256_of(parts: Iterable[bytes]) -> str:
    """Digest of a list of parts: where one ends and the next begins counts too."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
