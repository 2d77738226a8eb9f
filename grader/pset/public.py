"""Take a public test out of the suite so that it stands alone in a student's hands.

A public test becomes one function of the notebook's namespace ``env``: its imports, the helpers of its file
that it uses (transitively) and its own body. Helpers it does not use stay behind, hidden tests always do.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from grader.errors import CourseError
from grader.pset.problemset import ProblemSet
from grader.pset.reference import bound_names, free_names, without_annotations
from grader.pset.suitefile import DeclaredTest, decorator_call, parse_python

__all__ = ["PublicTest", "case_name", "public_tests"]

_ALLOWED = {"numpy", "grader", "math"}
# What an exported test needs besides what it asks for itself.
_OURS = {"student_in", "public_generator"}


@dataclass(frozen=True)
class PublicTest:
    """One case of a public test, ready to be an otter test cell."""

    name: str
    """The function's, numbered where the test is parametrized."""
    function: str
    """The suite's function that it is a case of."""
    question: str
    points: Fraction
    bonus: bool
    title: str
    source: str
    """A function of ``env``, the notebook's namespace."""


def case_name(test: str, number: int, cases: int) -> str:
    """What a case of a public test is called in a student's hands, and draws its numbers by."""
    return f"{test}_{number}" if cases > 1 else test


def public_tests(pset: ProblemSet) -> list[PublicTest]:
    """Every public test of the suite, standing alone.

    Raises `CourseError` for one that uses the reference, a module students lack, or an unknown fixture.
    """
    exported: list[PublicTest] = []
    trees: dict[str, ast.Module] = {}
    for test in pset.tests:
        if test.public:
            shown = pset.shown(test.file)
            tree = trees.setdefault(shown, parse_python(test.file, shown))
            exported += _Exporter(tree, test, shown).cases()
    return exported


class _Exporter:
    def __init__(self, tree: ast.Module, test: DeclaredTest, shown: str) -> None:
        self._test, self._shown = test, shown
        self._names = {name: node for node in tree.body for name in bound_names(node)}
        self._tests = {
            node.name for node in tree.body if isinstance(node, ast.FunctionDef) and _is_test(node)
        }
        node = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == test.name)
        self._node: ast.FunctionDef = node

    def _refuse(self, line: int, problem: str, mend: str) -> CourseError:
        return CourseError(f"{self._shown}:{line}: the public test {self._test.name} {problem}; {mend}")

    def cases(self) -> list[PublicTest]:
        test, given = self._test, list(self._parametrized())
        names = [case_name(test.name, number, len(given)) for number in range(1, len(given) + 1)]
        return [
            PublicTest(
                name, test.name, test.question, test.points, test.bonus, test.title, self._source(name, case)
            )
            for name, case in zip(names, given, strict=True)
        ]

    def _parametrized(self) -> Iterator[list[ast.stmt]]:
        """For each case, the assignments that stand for its arguments."""
        lists: list[list[ast.stmt]] = []
        for decorator in self._node.decorator_list:
            if decorator_call(decorator, "question"):
                continue
            call = decorator_call(decorator, "parametrize")
            if call is None:
                raise self._refuse(
                    decorator.lineno,
                    f"has the decorator @{ast.unparse(decorator)}",
                    "drop it",
                )
            spec = {k.arg: k.value for k in call.keywords} | dict(
                zip(("argnames", "argvalues"), call.args, strict=False)
            )
            names, values = spec.get("argnames"), spec.get("argvalues")
            if names is None or not isinstance(values, ast.List | ast.Tuple):
                raise self._refuse(call.lineno, "has cases that are not a list", "write the list out")
            lists.append([self._assignment(names, value) for value in values.elts])
        # The uppermost decorator varies fastest, as in pytest.
        for chosen in product(*reversed(lists)):
            yield list(chosen)

    def _assignment(self, names: ast.expr, value: ast.expr) -> ast.stmt:
        listed = ast.literal_eval(names)
        arguments = (
            [n.strip() for n in listed.split(",") if n.strip()] if isinstance(listed, str) else list(listed)
        )
        if call := decorator_call(value, "param"):
            value = call.args[0] if len(call.args) == 1 else ast.Tuple(call.args, ast.Load())
        one = len(arguments) == 1 and not isinstance(listed, list | tuple)
        target = arguments[0] if one else ", ".join(arguments) + ("," if len(arguments) == 1 else "")
        return ast.parse(f"{target} = {ast.unparse(value)}").body[0]

    def _needs(self, node: ast.stmt, found: dict[str, ast.stmt]) -> None:
        """Add to ``found`` what ``node`` needs from its file, dependencies first."""
        for name in sorted(free_names(node)):
            needed = self._names.get(name)
            if needed is None or name in found or needed is node:
                continue
            if name in self._tests:
                raise self._refuse(node.lineno, f"uses the test {name}", "move what they share into a helper")
            self._allow(needed, name)
            if not isinstance(needed, ast.Import | ast.ImportFrom):
                if isinstance(needed, ast.FunctionDef) and any(
                    decorator_call(d, "fixture") or "fixture" in ast.unparse(d) for d in needed.decorator_list
                ):
                    raise self._refuse(needed.lineno, f"uses the fixture {name}", "make it a plain function")
                found[name] = needed  # before its own needs: helpers may call one another
                self._needs(needed, found)
            found[name] = needed

    def _allow(self, needed: ast.stmt, name: str) -> None:
        if isinstance(needed, ast.Import):
            modules = [a.name for a in needed.names if (a.asname or a.name.partition(".")[0]) == name]
        elif isinstance(needed, ast.ImportFrom):
            modules = [needed.module or "."]
        else:
            return
        for module in modules:
            if module.partition(".")[0] == "reference":
                raise self._refuse(
                    self._node.lineno,
                    f"uses {name} of {module}, which students never get",
                    "write the expected numbers out, or make the test hidden",
                )
            if module.partition(".")[0] not in _ALLOWED:
                raise self._refuse(
                    self._node.lineno,
                    f"uses {module}, which a student may not have",
                    "use numpy and grader only",
                )

    def _source(self, name: str, case: list[ast.stmt]) -> str:
        body = ast.parse(ast.unparse(self._node)).body[0]
        assert isinstance(body, ast.FunctionDef)
        body.decorator_list = []
        given = {
            n.id
            for s in case
            for n in ast.walk(s)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        fixtures = [a.arg for a in body.args.args if a.arg not in given]
        for fixture in fixtures:
            if fixture not in ("student", "rng"):
                raise self._refuse(
                    self._node.lineno, f"uses the fixture {fixture}", "a public test has only student and rng"
                )
        found: dict[str, ast.stmt] = {}
        self._needs(body, found)
        for statement in case:
            self._needs(statement, found)
        ordered = sorted({id(n): n for n in found.values()}.values(), key=lambda n: n.lineno)
        local = {a.arg for a in body.args.args}
        unknown = {
            name
            for name in _loaded(body) | set().union(*map(_loaded, case))
            if name not in found
            and name not in local
            and name not in _stored(body)
            and not hasattr(builtins, name)
        }
        if unknown:
            raise self._refuse(
                self._node.lineno, f"uses {min(unknown)}, which its file does not define", "mend it"
            )
        lines: list[str] = []
        doc = ast.get_docstring(body)
        if doc:
            body.body = body.body[1:]
        if doc or self._test.bonus:  # a student should know that nothing is lost without it
            title = f"{self._test.title} (bonus)" if self._test.bonus else self._test.title
            lines += ast.unparse(ast.Expr(ast.Constant(title))).splitlines()
        imports = [n for n in ordered if isinstance(n, ast.Import | ast.ImportFrom)]
        if "student" in fixtures:
            imports.append(ast.ImportFrom("grader.local", [ast.alias("student_in")], 0))
        if "rng" in fixtures:
            imports.append(ast.ImportFrom("grader.draws", [ast.alias("public_generator")], 0))
        for statement in imports:
            lines += ast.unparse(_only(statement, {*found, *_OURS})).splitlines()
        lines += ["student = student_in(env)"] if "student" in fixtures else []
        lines += [f"rng = public_generator({name!r})"] if "rng" in fixtures else []
        for helper in ordered:
            if not isinstance(helper, ast.Import | ast.ImportFrom):
                lines += ast.unparse(without_annotations(helper)).splitlines()
        for statement in [*case, *body.body]:
            lines += ast.unparse(without_annotations(statement)).splitlines()
        text = "\n".join(f"    {line}" if line else "" for line in lines)
        return f"def {name}(env):\n{text}\n"


def _only(statement: ast.Import | ast.ImportFrom, used: set[str]) -> ast.stmt:
    """The import without names that nobody uses, such as a hidden test's checks."""
    kept = [a for a in statement.names if (a.asname or a.name.partition(".")[0]) in used]
    if isinstance(statement, ast.Import):
        return ast.Import(kept)
    return ast.ImportFrom(statement.module, kept, statement.level)


def _is_test(node: ast.FunctionDef) -> bool:
    return any(decorator_call(d, "question") for d in node.decorator_list)


def _loaded(node: ast.stmt) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _stored(node: ast.stmt) -> set[str]:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    names |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    names |= {n.name for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    names |= {n.name for n in ast.walk(node) if isinstance(n, ast.ExceptHandler) and n.name}
    return names | {
        (a.asname or a.name.partition(".")[0])
        for n in ast.walk(node)
        if isinstance(n, ast.Import | ast.ImportFrom)
        for a in n.names
    }
