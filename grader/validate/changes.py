"""Which questions a change can affect: a digest of everything that each question's validation depends on.

The course's folder `.gradmark_cache` keeps the digests of questions that passed. You can remove it at any time; then
everything is validated again.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

import msgspec
import numpy as np

from grader.pset.digest import contents_of, own_files, reachable, sha256_of
from grader.pset.variants import Variant
from grader.validate.bench import Bench
from grader.validate.cheaters import cheats_of
from grader.validate.equivalents import load_equivalents
from grader.validate.report import Report
from grader.version import version

__all__ = ["Validated"]

CACHE = ".gradmark_cache"


class Validated:
    """The questions that passed in earlier validations on as many seeds and pairs of mistakes."""

    def __init__(self, bench: Bench, seeds: int, pairs: int | None = None) -> None:
        self._bench, self._problem_set, self._planted = bench, bench.problem_set, (seeds, pairs)
        self._file = self._problem_set.course / CACHE / "validated" / f"{self._problem_set.name}.json"
        self._held = self._read()
        self._now = {question.id: self._digest(question.id) for question in self._problem_set.questions}

    def holds(self, question: str) -> bool:
        """Whether the question held before and nothing that it depends on has changed since."""
        return self._held.get(question) == self._now[question]

    def keep(self, report: Report, validated: Iterable[str]) -> None:
        """Remember which validated questions hold; a problem that concerns no question in particular rules out all."""
        broken = {question for problem in report.problems for question in problem.questions}
        anywhere = any(not problem.questions for problem in report.problems)
        for question in validated:
            self._held.pop(question, None)
            if question not in broken and not anywhere:
                self._held[question] = self._now[question]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            (self._file.parents[1] / ".gitignore").write_text("*\n", encoding="utf-8")
            self._file.write_bytes(msgspec.json.format(msgspec.json.encode(self._held, order="sorted")))
        except OSError:
            pass  # in a read-only course, every validation starts afresh

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError):
            return {}

    def _digest(self, question: str) -> str:
        """The digest of its tests with their imports, its functions with all they use, and their variants."""
        bench, problem_set = self._bench, self._problem_set
        tests = {test.file for test in problem_set.tests if test.question == question}
        others = {test.file for test in problem_set.tests} - tests
        suite = [file for file in own_files(problem_set.suite_dir) if file not in others]
        data = own_files(problem_set.data_dir) if problem_set.data_dir else []
        files = [*suite, *data, *reachable(problem_set.course, suite, "")]
        needed = set(bench.called[question])
        needed = needed.union(*(bench.uses.get(name, set()) for name in needed))
        definitions = [ast.dump(bench.solution.definitions[n]) for n in sorted(needed & set(bench.uses))]
        variants = [*bench.mistakes.values(), *bench.alternatives.values()]
        concerned = [_told(one) for one in variants if question in bench.dependent_questions(one.function)]
        equivalents = [str(one) for one in load_equivalents(problem_set) if one.function in needed]
        settings = [
            str(problem_set.question(question)),
            version(),
            sys.version,
            np.__version__,
            str(self._planted),
            str([cheat.name for cheat in cheats_of(bench)]),
            problem_set.draws.fingerprint,
        ]
        if problem_set.drawn:
            settings += [str(problem_set.file.variants), str(problem_set.drawn_files)]
        parts = [*definitions, *concerned, *equivalents, *settings]
        return sha256_of([*(part.encode() for part in parts), *contents_of(files, problem_set.course)])


def _told(variant: Variant) -> str:
    ways = [ast.dump(way.whole) if way.whole else str(way.edits) for way in variant.ways]
    return f"{variant.name} {variant.function} {variant.says} {variant.free} {variant.usual} {ways} {variant.source}"
