"""Whether a test can be judged outside the student's process, as far as reading it tells.

Outside, the judge runs the author's own code on values that came out of the sandbox. That is no place for what would
parse, evaluate or unpickle something of a student's, nor for what looks into the student's process itself: its source,
its figures, its modules, its names. Such a test runs inside, and its result says so.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from grader.adopt.assignment import Test
from grader.adopt.roles import Roles, code_of, names_bound

__all__ = ["reason_inside"]

_NAMES = "it looks at the notebook's names"
_LOOKS_INSIDE = {
    "inspect": "it looks at the source of what a student wrote",
    "getsource": "it looks at the source of what a student wrote",
    "getsourcelines": "it looks at the source of what a student wrote",
    "signature": "it looks at a function's signature",
    "dis": "it looks at a function's bytecode",
    "__code__": "it looks at a function's code",
    "__globals__": "it looks at a function's names",
    "__closure__": "it looks at a function's names",
    "__subclasses__": "it looks at classes of the student's process",
    "__mro__": "it looks at classes of the student's process",
    "plt": "it looks at the figures of the student's process",
    "matplotlib": "it looks at the figures of the student's process",
    "pyplot": "it looks at the figures of the student's process",
    "gca": "it looks at the figures of the student's process",
    "gcf": "it looks at the figures of the student's process",
    "globals": _NAMES,
    "locals": _NAMES,
    "vars": _NAMES,
    "get_ipython": "it looks at the notebook's shell",
    "In": "it looks at the notebook's cells",
    "Out": "it looks at the notebook's cells",
    "mock": "it puts something else in the place of a function",
    "patch": "it puts something else in the place of a function",
    "monkeypatch": "it puts something else in the place of a function",
    "sys": "it looks at the student's process",
    "gc": "it looks at the student's process",
    "os": "it looks at the student's files or process",
    "subprocess": "it runs another program",
    "Path": "it looks at the student's files",
    "pathlib": "it looks at the student's files",
    "glob": "it looks at the student's files",
    "shutil": "it looks at the student's files",
    "importlib": "it imports modules by their names",
    "__import__": "it imports modules by their names",
}
_READS_TEXT = {
    "eval", "exec", "compile", "sympify", "parse_expr", "parse_latex", "literal_eval", "safe_load", "read_pickle",
    "fromstring", "read_json", "read_html", "read_xml", "query", "BeautifulSoup", "format_map", "fromfile", "loads",
}  # fmt: skip
"""Functions and methods that parse, evaluate or unpickle what they get."""
_OF_TEXT_LIBRARIES = {
    "re", "regex", "json", "pickle", "yaml", "ast", "sympy", "marshal", "shelve", "html", "xml", "bs4", "dill",
    "cloudpickle", "joblib",
}  # fmt: skip
"""Modules whose functions do."""
_CLOSES_FIGURES = {"close", "clf", "cla", "show", "ioff", "ion"}
"""Functions of pyplot's that tidy up: they tell nothing of a figure."""
_STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
"""Of ``sys``: what a call printed in the sandbox is written to the judge's, whatever a test has put there."""
_READS_FILES = {"open", "read_csv", "read_table", "read_excel", "read_text", "read_parquet", "imread"}
MOST_TURNS = 10_000
"""Of a loop: more questions than that take longer than a test may."""
_DRAWS = {
    "rand", "randn", "randint", "random", "choice", "choices", "normal", "uniform", "permutation", "shuffle", "sample",
    "binomial", "poisson", "exponential", "multinomial", "standard_normal", "random_sample", "integers", "gauss",
    "randrange", "multivariate_normal", "beta", "gamma",
}  # fmt: skip


def reason_inside(test: Test, roles: Roles, *, files: Collection[str] = (), solved: bool = False) -> str:
    """Why a test must run inside; empty if nothing in it says so.

    Args:
        test: The test.
        roles: Whose name is whose.
        files: The author's files beside the notebook, which the judge has too.
        solved: Whether a run of the solution will settle what reading cannot.
    """
    try:
        source = code_of(test)
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return "its code cannot be read"
    if "!" in test.source and any(line.strip().startswith(("!", "%%")) for line in test.source.splitlines()):
        return "it runs a shell command"
    reader = _Reader(module, roles)
    for node in ast.walk(module):
        if found := reader.reason(node, files):
            return found
    if test.kind != "doctest" and (found := _rebinds(test, module, roles)):
        return found
    return "" if solved else reader.unsettled()


def _name(node: ast.AST) -> str:
    """The last part of a dotted name; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _root(node: ast.AST) -> str:
    """The first part of a dotted name, or of what is called or indexed in it."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


class _Reader:
    """One test, and which of its names may hold something of the student's."""

    def __init__(self, module: ast.Module, roles: Roles) -> None:
        self._module, self._roles = module, roles
        self._own_imports = {
            alias.asname or alias.name.partition(".")[0]
            for node in ast.walk(module)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        self._harmless = set(_harmless(module))
        self._tainted = self._find_tainted()
        self._patterns = {
            target.id
            for node in ast.walk(module)
            if isinstance(node, ast.Assign) and _root(node.value) in _OF_TEXT_LIBRARIES
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def _is_students(self, name: str) -> bool:
        return name not in self._roles.judges and name not in self._own_imports

    def _find_tainted(self) -> set[str]:
        """Names that a test binds to something that a student's name took part in."""
        own = names_bound(self._module) | {
            argument.arg for node in ast.walk(self._module) if isinstance(node, ast.arguments)
            for argument in (*node.args, *node.kwonlyargs)
        }  # fmt: skip
        for node in ast.walk(self._module):
            if isinstance(node, ast.comprehension):
                own |= {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
        self._own = own
        tainted: set[str] = {
            argument.arg for node in ast.walk(self._module) if isinstance(node, ast.FunctionDef)
            for argument in (*node.args.args, *node.args.kwonlyargs)
        }  # fmt: skip
        before = -1
        while before != len(tainted):
            before = len(tainted)
            for node in ast.walk(self._module):
                targets, value = _bound_by(node)
                if value is not None and self._has_students(value, tainted):
                    tainted |= {
                        part.id
                        for target in targets
                        for part in ast.walk(target)
                        if isinstance(part, ast.Name)
                    }
                if isinstance(node, ast.FunctionDef) and any(
                    self._has_students(part, tainted) for part in node.body
                ):
                    tainted.add(node.name)
        return tainted

    def _has_students(self, node: ast.AST, tainted: Collection[str]) -> bool:
        return any(
            part.id in tainted or (part.id not in self._own and self._is_students(part.id))
            for part in ast.walk(node)
            if isinstance(part, ast.Name)
        )

    def reason(self, node: ast.AST, files: Collection[str]) -> str:
        """Why this part of the test must run inside."""
        if isinstance(node, ast.Name | ast.Attribute):
            name = _name(node)
            mine = isinstance(node, ast.Name) and (name in self._own or name in self._roles.student)
            if name in _LOOKS_INSIDE and not mine and node not in self._harmless:
                return _LOOKS_INSIDE[name]
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name.partition(".")[0] for alias in node.names} | {
                (node.module or "").partition(".")[0] if isinstance(node, ast.ImportFrom) else ""
            }
            for name in (names & _LOOKS_INSIDE.keys()) - _told_by_use(node):
                return _LOOKS_INSIDE[name]
        if isinstance(node, ast.Call) and (found := self._of_call(node, files)):
            return found
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
            targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
            for target in targets:
                if isinstance(target, ast.Attribute) and self._is_module(target) and not _is_stream(target):
                    return f"it changes `{ast.unparse(target)}`, which the student's code may use"
        if isinstance(node, ast.ClassDef) and any(_root(base) in self._roles.classes for base in node.bases):
            return "it derives a class from a student's"
        return ""

    def _is_module(self, target: ast.Attribute) -> bool:
        root = _root(target)
        return root in self._own_imports or (root in self._roles.imported and root not in self._own)

    def _of_call(self, node: ast.Call, files: Collection[str]) -> str:
        name = _name(node.func)
        if name == "dir" and not node.args and node not in self._harmless:
            return _NAMES
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if (
            isinstance(node.func, ast.Attribute) and name != "query"
        ):  # a table is asked, with a text of the test's
            given.append(node.func.value)
        if any(self._has_students(part, self._tainted) for part in given):
            of_text = _root(node.func) in _OF_TEXT_LIBRARIES | self._patterns and name not in (
                "dumps",
                "dump",
            )
            if name in _READS_TEXT or of_text:
                return f"it gives something of the student's to `{ast.unparse(node.func)[:60]}`, which reads it as text"
        if name in _READS_FILES and not isinstance(node.func, ast.Call):
            path = node.args[0] if node.args else None
            known = (
                isinstance(path, ast.Constant) and isinstance(path.value, str) and _plain(path.value) in files
            )
            if not known:
                return "it reads a file that the author's folder does not hold"
        return ""

    # What only a run of the solution could settle ----------------------------------------------------------------

    def unsettled(self) -> str:
        """Why reading alone cannot tell that the test can be judged outside."""
        for node in ast.walk(self._module):
            if isinstance(node, ast.Compare) and self._compares_objects(node):
                return "it compares objects of a student's class"
            if isinstance(node, ast.Compare) and self._compares_types(node):
                return "it asks for the very type of a function or of an object of a student's class"
            if self._is_long(node):
                return f"it asks the submission more than {MOST_TURNS:,} times"
        if self._draws_after_a_call():
            return "its random draws go on after the student's"
        return ""

    def _is_long(self, node: ast.AST) -> bool:
        """Whether it is a loop of many turns, each of which asks something of a student's."""
        loops = [node] if isinstance(node, ast.For) else getattr(node, "generators", [])
        if not self._has_students(node, self._tainted):
            return False
        return any(
            isinstance(part, ast.Constant) and isinstance(part.value, int) and part.value > MOST_TURNS
            for loop in loops
            if isinstance(loop.iter, ast.Call) and _name(loop.iter.func) == "range"
            for part in loop.iter.args
        )

    def _compares_objects(self, node: ast.Compare) -> bool:
        return any(self._is_object(part) for part in (node.left, *node.comparators))

    def _compares_types(self, node: ast.Compare) -> bool:
        """Whether it is a comparison such as ``type(f) == types.FunctionType``: what stands for f has another type."""
        sides = (node.left, *node.comparators)
        if not any(isinstance(side, ast.Call) and _name(side.func) == "type" for side in sides):
            return False
        asked = {part.id for side in sides for part in ast.walk(side) if isinstance(part, ast.Name)}
        functions = any(isinstance(part, ast.Lambda) for side in sides for part in ast.walk(side))
        return functions or bool(asked & {"types", "FunctionType", *self._roles.classes})

    def _is_object(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return node.func.id in self._roles.classes
        if isinstance(node, ast.Name):
            for step in ast.walk(self._module):
                targets, value = _bound_by(step)
                named = any(isinstance(target, ast.Name) and target.id == node.id for target in targets)
                if named and isinstance(value, ast.Call) and self._is_object(value):
                    return True
        return False

    def _draws_after_a_call(self) -> bool:
        """Whether the judge draws after the student's code may have, without seeding again."""
        called = False
        for node in _in_order(self._module):
            if not isinstance(node, ast.Call):
                continue
            name, root = _name(node.func), _root(node.func)
            if name == "seed":
                called = False
            elif root and root not in self._own and self._is_students(root):
                called = True
            elif called and name in _DRAWS and root in ("np", "numpy", "random"):
                return True
        return False


# What looks like looking inside, and is not ------------------------------------------------------------------------


def _harmless(module: ast.Module) -> Iterator[ast.AST]:
    """Names and attributes that `_LOOKS_INSIDE` knows, used so that the judge can answer."""
    for node in ast.walk(module):
        if isinstance(node, ast.Compare) and all(isinstance(how, ast.In | ast.NotIn) for how in node.ops):
            for part in node.comparators:
                yield from _names_asked(part)
                if _name(getattr(part, "func", part)) == "dir" and isinstance(node.left, ast.Constant):
                    yield part
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            yield from _names_asked(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            yield from _names_asked(node.func.value)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            if isinstance(function, ast.Attribute) and function.attr in _CLOSES_FIGURES:
                yield from ast.walk(function.value)
        elif isinstance(node, ast.Call) and _name(node.func) == "patch" and node.args:
            what = node.args[0]
            if isinstance(what, ast.Constant) and what.value in ("sys.stdout", "sys.stderr"):
                yield from ast.walk(node.func)
        if isinstance(node, ast.Attribute) and _is_stream(node):
            yield node.value


def _names_asked(node: ast.AST) -> Iterator[ast.AST]:
    """The name in ``globals()``, of which one entry is asked."""
    if isinstance(node, ast.Call) and not node.args and _name(node.func) in ("globals", "locals", "vars"):
        yield node.func


def _is_stream(node: ast.Attribute) -> bool:
    return node.attr in _STREAMS and isinstance(node.value, ast.Name) and node.value.id == "sys"


def _told_by_use(node: ast.Import | ast.ImportFrom) -> set[str]:
    """What an import binds under the very name that `_LOOKS_INSIDE` knows: each use of it is looked at."""
    if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] != "unittest":
        return set()
    return {alias.name for alias in node.names if alias.asname is None} & {"sys", "mock", "patch"}


def _plain(path: str) -> str:
    return path.removeprefix("./")


def _in_order(module: ast.Module) -> Iterator[ast.AST]:
    """Calls as they are made, as far as their places tell."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    return iter(sorted(calls, key=lambda node: (node.lineno, node.end_col_offset or 0)))


def _bound_by(node: ast.AST) -> tuple[list[ast.expr], ast.expr | None]:
    """What a statement binds, and to what."""
    if isinstance(node, ast.Assign):
        return node.targets, node.value
    if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
        return [node.target], node.value
    if isinstance(node, ast.For | ast.comprehension):
        return [node.target], node.iter
    if isinstance(node, ast.withitem):
        return ([node.optional_vars] if node.optional_vars else []), node.context_expr
    return [], None


def _rebinds(test: Test, module: ast.Module, roles: Roles) -> str:
    """Why a cell that binds a name of the notebook's must run inside: the student's functions would see it."""
    if test.kind != "cell":
        return ""
    bound = names_bound(module) | {
        _name(target) for node in ast.walk(module) if isinstance(node, ast.Delete) for target in node.targets
    }
    for name in sorted(bound):
        if name in roles.functions or name in roles.classes:
            return f"it binds `{name}`, a function of the student's, anew"
        if name in roles.student and name in roles.read_in_functions:
            return f"it binds `{name}` anew, which the student's functions may read"
    return ""
