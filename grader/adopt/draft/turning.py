"""A test of another grader's, turned into the body of a pytest function that asks ``student``.

What cannot be turned raises `CannotTurn` with the reason, as the rest of a sentence about the test.
"""

from __future__ import annotations

import ast
import builtins
import doctest
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from grader.adopt.assignment import Test
from grader.adopt.draft.closeness import as_check, is_numbers
from grader.adopt.draft.raising import raising
from grader.adopt.roles import names_bound
from grader.foreign import python_of
from grader.student import METHODS

__all__ = ["CannotTurn", "Known", "Turned", "turned"]

_BUILTINS = frozenset(dir(builtins))


class CannotTurn(Exception):
    """The reason, as in "q1 - 2 is left out: it …"."""


@dataclass(frozen=True)
class Known:
    """The names that a test may use besides its own."""

    functions: frozenset[str]
    """Functions and classes that students write."""
    values: frozenset[str]
    """Variables that students give a value."""
    imports: dict[str, str]
    """The import statement that binds a name."""
    stars: tuple[str, ...] = ()
    """Statements that import everything of a module."""
    printing: frozenset[str] = frozenset()
    """Functions of students' whose solution prints."""
    given: Callable[[set[str]], list[ast.stmt]] = lambda _: []
    """Statements of the notebook, or of earlier tests, that bind names which nobody else does."""
    refused: frozenset[str] = frozenset()
    """Variables that cannot be asked for."""


@dataclass
class Turned:
    """A test's body."""

    lines: list[str] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    """The checks of gradmark's that it calls."""


def turned(tests: Iterable[Test], known: Known, *, plain: bool = False) -> Turned:
    """The body of a function that passes if all of some tests do.

    Args:
        tests: The tests.
        known: Whose each name is.
        plain: Whether to assert what gradmark's checks could say better.

    Raises:
        CannotTurn: A test is of a kind that has no such form.
    """
    whole = Turned()
    for test in tests:
        _Turning(known, whole, plain).turn(test)
    whole.lines = [
        *(f'{name} = student.value("{name}")' for name in sorted(whole.values)),
        *whole.lines,
    ]
    return whole


class _Turning:
    def __init__(self, known: Known, whole: Turned, plain: bool) -> None:
        self._known, self._whole, self._plain = known, whole, plain
        self._own: set[str] = set()
        self._asking = _Asking(self)
        self.seed: ast.expr | None = None

    def turn(self, test: Test) -> None:
        try:
            if test.kind == "doctest":
                parts = doctest.DocTestParser().parse(test.source, test.name)
                examples = [part for part in parts if isinstance(part, doctest.Example)]
                self._prepare("".join(example.source for example in examples))
                for example in examples:
                    self._example(example)
                return
            tree = ast.parse(python_of(test.source))
        except (SyntaxError, ValueError) as error:
            raise CannotTurn(f"it cannot be read as Python: {str(error).splitlines()[0]}") from None
        if test.kind == "function":
            tree = _body_of(tree, test.function)
        elif tree.body and _gives_points(tree.body[-1]):
            raise CannotTurn("it gives part of its points, by the number that it ends with")
        self._prepare(ast.unparse(tree))
        self._block(tree.body)

    # Names ---------------------------------------------------------------------------------------------------------

    def _prepare(self, code: str) -> None:
        """Find out whose each name is, and bind what the notebook gives."""
        tree = ast.parse(code)
        needed = _read(tree) - _bound(tree)
        before = self._known.given(needed - self._theirs() - _BUILTINS - set(self._known.imports))
        whole = ast.Module([*before, *tree.body], [])
        self._own = _bound(whole)
        if taken := sorted(self._own & (self._known.functions | {"student"})):
            raise CannotTurn(f"it binds {taken[0]} itself")
        for name in sorted(_read(whole) - self._own):
            self._note(name)
        self._block(before)

    def _theirs(self) -> frozenset[str]:
        return self._known.functions | self._known.values

    def _note(self, name: str) -> None:
        known, whole = self._known, self._whole
        if name in known.functions:
            if name in METHODS:
                raise CannotTurn(f"it calls {name}, which means something else after `student.`")
            whole.functions.add(name)
        elif name in known.values:
            if name in known.refused:
                raise CannotTurn(f"it asks for {name}, whose value cannot be computed again by itself")
            whole.values.add(name)
        elif name in known.imports:
            whole.imports.add(known.imports[name])
        elif name not in _BUILTINS:
            if not known.stars:
                raise CannotTurn(f"it uses {name}, to which nothing that students write gives a value")
            whole.imports.update(known.stars)

    def asks(self, name: str) -> bool:
        """Whether a name is a function of the student's."""
        return name in self._known.functions and name not in self._own

    def concerns(self, node: ast.AST) -> bool:
        """Whether code asks anything of the student, directly or through what the test made of it."""
        theirs = self._known.functions | self._known.values | self._own
        return any(isinstance(part, ast.Name) and part.id in theirs for part in ast.walk(node))

    # Statements ----------------------------------------------------------------------------------------------------

    def _block(self, statements: Sequence[ast.stmt]) -> None:
        for statement in statements:
            if isinstance(statement, ast.Assert):
                self._holds(statement.test, said=statement.msg)
                continue
            if self._plain or (check := as_check(statement, self.concerns)) is None:
                check = raising(statement, self.asks)
            if self._printed(statement):
                continue
            if check is not None:
                self._call(check)
            else:
                self._add(statement)

    def _printed(self, statement: ast.stmt) -> bool:
        """Turn a block that catches what a student's function prints; says whether it is one."""
        match statement:
            case ast.With(
                items=[
                    ast.withitem(
                        context_expr=ast.Call(func=ast.Attribute(attr="redirect_stdout"), args=[target]),
                        optional_vars=into,
                    )
                ],
                body=[ast.Expr(value=called) | ast.Assign(value=called) as step],
            ):
                function = called.func if isinstance(called, ast.Call) else None
                into = into or target
                if not (
                    isinstance(called, ast.Call)
                    and isinstance(function, ast.Name)
                    and self.asks(function.id)
                    and isinstance(into, ast.Name)
                ):
                    return False
                if isinstance(step, ast.Assign):
                    self._emit(step)
                printed = ast.Call(ast.Attribute(function, "printed"), called.args, called.keywords)
                self._whole.imports.add("import io")
                self._emit(_statement(f"{into.id} = io.StringIO({{}})", printed))
                return True
        return False

    def _add(self, statement: ast.stmt) -> None:
        if _is_seeding(statement):
            assert isinstance(statement, ast.Expr)
            assert isinstance(statement.value, ast.Call)
            self._emit(statement)
            self.seed = statement.value.args[0]
            return
        self._emit(statement)

    def _emit(self, statement: ast.stmt) -> None:
        copied = ast.parse(ast.unparse(statement)).body[0]
        made = ast.fix_missing_locations(self._asking.visit(copied))
        self._whole.lines += ast.unparse(made).splitlines()

    def _call(self, check: ast.Call) -> None:
        assert isinstance(check.func, ast.Name)
        self._whole.checks.add(check.func.id)
        self._emit(ast.Expr(check))

    def _holds(self, expression: ast.expr, said: ast.expr | None = None) -> None:
        """Assert that something is true."""
        if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.And):
            for part in expression.values:
                self._holds(part, said)
        elif not self._plain and (check := as_check(expression, self.concerns)) is not None:
            self._call(check)
        else:
            self._emit(ast.Assert(expression, said))

    # Doctests ------------------------------------------------------------------------------------------------------

    def _example(self, example: doctest.Example) -> None:
        body = ast.parse(example.source).body
        options = example.options
        if options.get(doctest.SKIP):
            return
        if example.exc_msg is not None:
            self._raises(body, example.exc_msg)
            return
        if options.get(doctest.ELLIPSIS) and "..." in example.want:
            raise CannotTurn("it compares with a text that has gaps")
        *before, last = body or [ast.Pass()]
        self._block(before)
        if not example.want.strip():
            self._block([last])
        elif isinstance(last, ast.Expr):
            self._gives(last.value, example.want, loosely=bool(options.get(doctest.NORMALIZE_WHITESPACE)))
        else:
            self._prints(last, example.want)

    def _gives(self, value: ast.expr, want: str, *, loosely: bool) -> None:
        text = want.strip().replace("np.True_", "True").replace("np.False_", "False")
        try:
            expected = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            self._shows(value, want, loosely)
            return
        right = ast.parse(text, mode="eval").body
        if isinstance(expected, bool):
            if not _is_truth(value):
                self._whole.checks.add("check_close")
                self._emit(_expression("check_close({}, {})", value, right))
            elif expected:
                self._holds(value)
            else:
                self._emit(ast.Assert(ast.UnaryOp(ast.Not(), value), None))
        elif not self._plain and is_numbers(right) and self.concerns(value):
            self._call(ast.Call(ast.Name("check_close"), [value, right], []))
        else:
            self._emit(ast.Assert(ast.Compare(value, [ast.Eq()], [right]), None))

    def _shows(self, value: ast.expr, want: str, loosely: bool) -> None:
        """What is compared as text."""
        called = value.func if isinstance(value, ast.Call) else None
        if isinstance(called, ast.Name) and self.asks(called.id) and called.id in self._known.printing:
            assert isinstance(value, ast.Call)
            printed = ast.Call(ast.Attribute(called, "printed"), value.args, value.keywords)
            self._whole.checks.add("check_printed")
            self._emit(_expression("check_printed({}, {})", printed, ast.Constant(want)))
        elif isinstance(called, ast.Name) and called.id == "print":
            self._prints(ast.Expr(value), want)
        else:
            self._whole.lines.append("# Compared as text; check_close or check_table would judge the value.")
            ends = ".split()" if loosely else ""
            right = ast.Constant(want if loosely else want.rstrip("\n"))
            self._emit(_statement(f"assert repr({{}}){ends} == {{}}{ends}", value, right))

    def _prints(self, statement: ast.stmt, want: str) -> None:
        self._whole.imports |= {"import contextlib", "import io"}
        made = ast.parse("with contextlib.redirect_stdout(io.StringIO()) as shown:\n    pass").body[0]
        assert isinstance(made, ast.With)
        made.body = [statement]
        self._emit(made)
        self._emit(_statement("assert shown.getvalue() == {}", ast.Constant(want)))

    def _raises(self, body: list[ast.stmt], message: str) -> None:
        kind = message.partition(":")[0].strip().rpartition(".")[2]
        if not isinstance(getattr(builtins, kind, None), type):
            raise CannotTurn(f"it expects {kind}, which is no exception of Python's own")
        stand = ast.Try(
            body, [ast.ExceptHandler(ast.Name(kind), None, [ast.Pass()])], [_statement("assert False")], []
        )
        check = raising(stand, self.asks)
        if check is None:
            raise CannotTurn("it expects an exception of more than one call")
        self._call(check)


class _Asking(ast.NodeTransformer):
    """Asks ``student`` for functions."""

    def __init__(self, turning: _Turning) -> None:
        self._turning = turning

    def visit_Call(self, node: ast.Call) -> ast.AST:
        function = node.func
        if isinstance(function, ast.Name) and self._turning.asks(function.id) and self._turning.seed:
            seed, self._turning.seed = self._turning.seed, None
            self.generic_visit(node)
            node.func = ast.Call(ast.Attribute(node.func, "seeded"), [seed], [])
            return node
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if not self._turning.asks(node.id):
            return node
        if not isinstance(node.ctx, ast.Load):
            raise CannotTurn(f"it binds or deletes {node.id} itself")
        return ast.Attribute(ast.Name("student", ast.Load()), node.id, ast.Load())


def _body_of(tree: ast.Module, function: str) -> ast.Module:
    """The statements of a test function, after whatever stands beside it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            if any(argument.arg == "env" for argument in node.args.args):
                raise CannotTurn("it reads the whole notebook")
            if any(isinstance(part, ast.Return) for part in ast.walk(node)):
                raise CannotTurn("it ends before its last line")
            beside = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
            beside = [one for one in beside if "otter" not in ast.unparse(one)]
            return ast.Module([*beside, *node.body], [])
    raise CannotTurn(f"there is no function {function}")


def _gives_points(last: ast.stmt) -> bool:
    """Whether a cell ends with what is no call: a number of points."""
    return isinstance(last, ast.Expr) and not isinstance(last.value, ast.Call | ast.Compare | ast.Constant)


def _read(tree: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)}


def _bound(tree: ast.AST) -> set[str]:
    """All names that code binds, also in functions, comprehensions and imports."""
    found = names_bound(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler):
            found |= {node.name} if node.name else set()
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return found


def _is_truth(value: ast.expr) -> bool:
    """Whether an expression gives True or False whatever the student wrote."""
    match value:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=parts):
            return all(map(_is_truth, parts))
        case ast.Call(func=ast.Name(id=name)):
            return name in ("all", "any", "bool", "callable", "hasattr", "isinstance", "issubclass")
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy" | "math"))):
            return True
    return False


def _is_seeding(statement: ast.stmt) -> bool:
    text = ast.unparse(statement)
    call = statement.value if isinstance(statement, ast.Expr) else None
    return (
        text.startswith(("np.random.seed(", "numpy.random.seed(", "random.seed("))
        and isinstance(call, ast.Call)
        and len(call.args) == 1
    )


def _statement(template: str, *parts: ast.expr) -> ast.stmt:
    return ast.parse(template.format(*(f"({ast.unparse(part)})" for part in parts))).body[0]


_expression = _statement
