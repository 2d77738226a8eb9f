"""Extract public tests from the suite, so that each works alone in a student's hands.

A public test becomes one function of the notebook's namespace ``env``: its imports, the helpers from its file that
it uses, directly or not, and its own body. Nothing else of the suite goes along.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from grader.errors import CourseError
from grader.pset.drawn import TEMPLATE, Drawing
from grader.pset.problemset import ProblemSet
from grader.pset.reference import bound_names, free_names, without_annotations
from grader.pset.schema import Drawn
from grader.pset.suitefile import DeclaredTest, decorator_call, is_fixture, parse_python, question_call

__all__ = ["OWN_NUMBERS", "PublicTest", "case_name", "literal_of", "public_tests"]

_ALLOWED = {"numpy", "grader", "math"}
# How an exported test gets its fixtures: the module and name to import, and the line that makes it.
_FIXTURES = {
    "student": ("grader.local", "student_in", "student = student_in(env)"),
    "rng": ("grader.draws", "public_generator", "rng = public_generator({name!r})"),
    "variant": ("", "", "variant = {own}"),
}
OWN_NUMBERS = "gradmark_own_numbers"
"""Stands for a student's numbers in the tests of a template."""


@dataclass(frozen=True)
class PublicTest:
    """One case of a public test, ready to be an otter test cell."""

    name: str
    """The function's name, numbered if the test is parametrized."""
    function: str
    """The suite's function that it is a case of."""
    question: str
    points: Fraction
    bonus: bool
    source: str
    """A function of ``env``, the notebook's namespace."""


def case_name(test: str, number: int, cases: int) -> str:
    """What students see a case of a public test called, and what its draws follow from."""
    return f"{test}_{number}" if cases > 1 else test


def public_tests(pset: ProblemSet) -> list[PublicTest]:
    """Every public test of the suite, as a function that works alone.

    Raises `CourseError` for one that uses the reference, a module that students may lack, or an unknown fixture. They
    have what the problem set preloads, since their notebooks need it.
    """
    exported: list[PublicTest] = []
    trees: dict[str, ast.Module] = {}
    drawing = pset.drawing
    own = OWN_NUMBERS if drawing is TEMPLATE else literal_of(drawing, pset.drawn) if drawing else ""
    allowed = _ALLOWED | {name.partition(".")[0] for name in pset.preload}
    for test in pset.tests:
        if test.public:
            shown = pset.shown(test.file)
            tree = trees.setdefault(shown, parse_python(test.file, shown))
            exported += _Exporter(tree, test, shown, allowed, own).cases()
    return exported


def literal_of(drawing: Drawing, drawn: Mapping[str, Drawn]) -> str:
    """A drawing's numbers and words as a public test has them; data are in their files."""
    return repr({name: value for name, value in drawing.values.items() if drawn[name].data is None})


class _Exporter:
    def __init__(
        self, tree: ast.Module, test: DeclaredTest, shown: str, allowed: Collection[str], own: str
    ) -> None:
        self._test, self._shown, self._allowed, self._own = test, shown, allowed, own
        self._names = {name: node for node in tree.body for name in bound_names(node)}
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        self._tests = {node.name for node in functions if question_call(node)}
        self._node = next(node for node in functions if node.name == test.name)

    def _refuse(self, problem: str, advice: str, at: ast.stmt | ast.expr | None = None) -> CourseError:
        line = (at or self._node).lineno
        return CourseError(f"{self._shown}:{line}: the public test {self._test.name} {problem}; {advice}")

    def cases(self) -> list[PublicTest]:
        test, given = self._test, list(self._parametrized())
        names = [case_name(test.name, number, len(given)) for number in range(1, len(given) + 1)]
        return [
            PublicTest(name, test.name, test.question, test.points, test.bonus, self._source(name, case))
            for name, case in zip(names, given, strict=True)
        ]

    def _parametrized(self) -> Iterator[list[ast.stmt]]:
        """For each case, the assignments that give its arguments their values."""
        lists: list[list[ast.stmt]] = []
        for decorator in self._node.decorator_list:
            if decorator_call(decorator, "question"):
                continue
            call = decorator_call(decorator, "parametrize")
            if call is None:
                raise self._refuse(f"has the decorator @{ast.unparse(decorator)}", "remove it", decorator)
            spec = {k.arg: k.value for k in call.keywords} | dict(
                zip(("argnames", "argvalues"), call.args, strict=False)
            )
            names, values = spec.get("argnames"), spec.get("argvalues")
            if names is None or not isinstance(values, ast.List | ast.Tuple):
                raise self._refuse("does not list its cases", "write the list out", call)
            lists.append([self._assignment(names, value) for value in values.elts])
        # The topmost decorator varies fastest, as in pytest.
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
        """Add what ``node`` needs from its file to ``found``, dependencies first."""
        for name in sorted(free_names(node)):
            needed = self._names.get(name)
            if needed is None or name in found or needed is node:
                continue
            if name in self._tests:
                raise self._refuse(f"uses the test {name}", "move what they share into a helper", node)
            self._allow(needed, name)
            if not isinstance(needed, ast.Import | ast.ImportFrom):
                if isinstance(needed, ast.FunctionDef) and is_fixture(needed):
                    raise self._refuse(f"uses the fixture {name}", "make it a plain function", needed)
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
                    f"uses {name} of {module}, which students never get",
                    "write the expected numbers out, or make the test hidden",
                )
            if module.partition(".")[0] not in self._allowed:
                advice = "use only numpy, grader and what pset.yaml preloads"
                raise self._refuse(f"uses {module}, which students may lack", advice)

    def _source(self, name: str, case: list[ast.stmt]) -> str:
        """The function that stands for one case."""
        body = without_annotations(self._node)
        assert isinstance(body, ast.FunctionDef)
        body.decorator_list = []
        fixtures = self._fixtures(body, case)
        found: dict[str, ast.stmt] = {}
        for statement in (body, *case):
            self._needs(statement, found)
        self._refuse_unknown(body, case, found)
        used = {*found, *(_FIXTURES[fixture][1] for fixture in fixtures)} - {""}
        ordered = sorted({id(n): n for n in found.values()}.values(), key=lambda n: n.lineno)
        imports: list[ast.stmt] = [
            _only(n, used) for n in ordered if isinstance(n, ast.Import | ast.ImportFrom)
        ]
        helpers = [without_annotations(n) for n in ordered if not isinstance(n, ast.Import | ast.ImportFrom)]
        made = []
        for fixture in fixtures:
            module, function, line = _FIXTURES[fixture]
            if module:
                imports.append(ast.ImportFrom(module, [ast.alias(function)], 0))
            made += ast.parse(line.format(name=name, own=self._own)).body
        statements = [*self._docstring(body), *imports, *made, *helpers, *case, *body.body]
        lines = [line for statement in statements for line in ast.unparse(statement).splitlines()]
        text = "\n".join(f"    {line}" if line else "" for line in lines)
        return f"def {name}(env):\n{text}\n"

    def _fixtures(self, body: ast.FunctionDef, case: list[ast.stmt]) -> list[str]:
        """The arguments of the test that are not its case's."""
        given = set().union(*(_names(statement, ast.Store) for statement in case))
        asked = {a.arg for a in body.args.args} - given
        for fixture in sorted(asked - set(_FIXTURES)):
            raise self._refuse(f"uses the fixture {fixture}", "a public test can use only student and rng")
        if "variant" in asked and not self._own:
            raise self._refuse("uses the fixture variant", "pset.yaml has no variants: to draw it from")
        return [fixture for fixture in _FIXTURES if fixture in asked]

    def _refuse_unknown(
        self, body: ast.FunctionDef, case: list[ast.stmt], found: dict[str, ast.stmt]
    ) -> None:
        read = set().union(*(_names(statement, ast.Load) for statement in (body, *case)))
        if unknown := read - set(found) - _defined_in(body) - set(dir(builtins)):
            raise self._refuse(f"uses {min(unknown)}, which its file does not define", "correct the name")

    def _docstring(self, body: ast.FunctionDef) -> list[ast.stmt]:
        """The title in place of the docstring, which is taken off; students must see that a bonus costs nothing."""
        if doc := ast.get_docstring(body):
            body.body = body.body[1:]
        if not doc and not self._test.bonus:
            return []
        title = f"{self._test.title} (bonus)" if self._test.bonus else self._test.title
        return [ast.Expr(ast.Constant(title))]


def _only(statement: ast.Import | ast.ImportFrom, used: set[str]) -> ast.stmt:
    """The import without the names that this test does not use."""
    kept = [a for a in statement.names if (a.asname or a.name.partition(".")[0]) in used]
    if isinstance(statement, ast.Import):
        return ast.Import(kept)
    return ast.ImportFrom(statement.module, kept, statement.level)


def _names(node: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def _defined_in(node: ast.stmt) -> set[str]:
    """Every name that a function defines, its arguments included."""
    names = _names(node, ast.Store) | _names(node, ast.Del)
    for inner in ast.walk(node):
        match inner:
            case ast.arg():
                names.add(inner.arg)
            case ast.FunctionDef() | ast.ClassDef():
                names.add(inner.name)
            case ast.ExceptHandler(name=str(name)):
                names.add(name)
            case ast.Import() | ast.ImportFrom():
                names |= set(bound_names(inner))
    return names
