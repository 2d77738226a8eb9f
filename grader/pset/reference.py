"""What stands in the course's reference package, read as source: nothing is imported."""

from __future__ import annotations

import ast
import builtins
import difflib
import io
import tokenize
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.errors import CourseError
from grader.pset.suitefile import parse_python

__all__ = ["Definition", "ReferenceModule", "bound_names", "find_definition", "free_names"]

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def bound_names(node: ast.stmt) -> list[str]:
    """Names that a module-level statement defines."""
    if isinstance(node, _SCOPES):
        return [node.name]
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


class _NoAnnotations(ast.NodeTransformer):
    """Annotations say nothing at run time, and their names need not exist in a notebook."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.returns = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        self.generic_visit(node)
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)


def without_annotations(node: ast.stmt) -> ast.stmt:
    """A copy of the statement that needs no name for its annotations alone."""
    copied = ast.parse(ast.unparse(node)).body[0]
    return ast.fix_missing_locations(_NoAnnotations().visit(copied))


def free_names(node: ast.stmt) -> set[str]:
    """Names the statement reads, annotations apart; local names are among them, which does no harm here."""
    names = {n.id for n in ast.walk(without_annotations(node)) if isinstance(n, ast.Name)}
    return {name for name in names if not hasattr(builtins, name)}


class ReferenceModule:
    """One module of reference/: its source, and the statement that defines each of its names."""

    def __init__(self, file: Path, dotted: str, shown: str) -> None:
        self.file, self.dotted, self.shown = file, dotted, shown
        self.tree = parse_python(file, shown)
        self.lines = file.read_text(encoding="utf-8").splitlines()

    @cached_property
    def names(self) -> dict[str, ast.stmt]:
        found: dict[str, ast.stmt] = {}
        for node in self.tree.body:
            for name in bound_names(node):
                found[name] = node
        return found

    def source(self, first: int, last: int) -> list[str]:
        """Lines ``first`` to ``last``, counted from 1, both included."""
        return self.lines[first - 1 : last]


@dataclass(frozen=True)
class Definition:
    """A function or method of the reference that a marker names."""

    module: ReferenceModule
    node: ast.FunctionDef
    name: str

    @property
    def parameters(self) -> list[str]:
        return parameter_names(self.node)

    def body_lines(self) -> list[str]:
        """The body without its docstring, comments kept, indented by nothing."""
        statements = self.node.body
        if ast.get_docstring(self.node, clean=False) is not None:
            above, statements = statements[0].end_lineno or 0, statements[1:]
        else:
            above = _header_end(self.node, self.module.source(self.node.lineno, self.node.end_lineno or 0))
        if not statements:
            return ["pass"]
        # Comments above the first statement belong to the body too.
        lines = self.module.source(above + 1, statements[-1].end_lineno or above)
        if statements[0].lineno <= above:  # def f(x): return x
            lines = ast.unparse(ast.Module(statements, [])).splitlines()
        while lines and not lines[0].strip():
            lines = lines[1:]
        margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        return [line[margin:].rstrip() for line in lines]


def _header_end(node: ast.FunctionDef, source: list[str]) -> int:
    """Line of the colon that ends the signature: the first one outside any bracket."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO("\n".join(source) + "\n").readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.string == ":" and depth == 0:
            return node.lineno + token.start[0] - 1
    return node.lineno


def parameter_names(node: ast.FunctionDef) -> list[str]:
    """The parameters in order, ``*args`` and ``**kwargs`` with their stars."""
    spec = node.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    names += [f"*{spec.vararg.arg}"] if spec.vararg else []
    names += [a.arg for a in spec.kwonlyargs]
    return names + ([f"**{spec.kwarg.arg}"] if spec.kwarg else [])


def module_file(course: Path, dotted: str) -> Path | None:
    """The file of ``reference.softmax`` in the course, if there is one."""
    base = course.joinpath(*dotted.split("."))
    candidates = (base.with_suffix(".py"), base / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


def find_definition(course: Path, target: str, where: str, modules: dict[str, ReferenceModule]) -> Definition:
    """The function that ``target``, such as ``reference.softmax.softmax`` or a method, names.

    ``where`` is the file and line that ask, ``modules`` a cache. Raises `CourseError` where there is none.
    """
    parts = target.split(".")
    if parts[0] != "reference":
        raise CourseError(
            f"{where}: solution {target!r} must begin with 'reference.'; name the module and function"
        )
    for cut in range(len(parts) - 1, 0, -1):
        dotted = ".".join(parts[:cut])
        file = module_file(course, dotted)
        if file is None or (cut == 1 and len(parts) > 2):
            continue
        if dotted not in modules:
            modules[dotted] = ReferenceModule(file, dotted, file.relative_to(course).as_posix())
        module = modules[dotted]
        body: list[ast.stmt] = module.tree.body
        for depth, name in enumerate(parts[cut:]):
            defined = {n.name: n for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
            found = defined.get(name)
            last = depth == len(parts) - cut - 1
            if found is None or (last and not isinstance(found, ast.FunctionDef)):
                close = difflib.get_close_matches(name, list(defined), n=1)
                hint = f"did you mean {close[0]!r}?" if close else "write it there or mend the name"
                raise CourseError(f"{where}: {module.shown} has no function {name!r}; {hint}")
            if isinstance(found, ast.FunctionDef) and last:
                return Definition(module, found, target)
            body = found.body
    raise CourseError(f"{where}: solution {target!r} names no module under reference/; mend the name")
