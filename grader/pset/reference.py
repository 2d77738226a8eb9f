"""The course's reference package, read as source: nothing is imported."""

from __future__ import annotations

import ast
import builtins
import copy
import io
import tokenize
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from grader.errors import CourseError
from grader.pset.names import nearest, shown_path
from grader.pset.suitefile import parse_python

__all__ = [
    "Definition",
    "Reference",
    "ReferenceModule",
    "bound_names",
    "free_names",
    "parameter_names",
    "without_annotations",
]

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
    """Annotations have no effect at run time, and a notebook need not define the names in them."""

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
    """A copy of the statement without annotations."""
    copied = ast.parse(ast.unparse(node)).body[0]
    return ast.fix_missing_locations(_NoAnnotations().visit(copied))


def free_names(node: ast.stmt) -> set[str]:
    """Names the statement reads outside annotations. Local names are included, which does no harm here."""
    names = {n.id for n in ast.walk(without_annotations(node)) if isinstance(n, ast.Name)}
    return {name for name in names if not hasattr(builtins, name)}


class ReferenceModule:
    """One module of reference/; ``shown`` is how messages call its file."""

    def __init__(self, file: Path, shown: str) -> None:
        self.shown = shown
        self.tree = parse_python(file, shown)
        self.lines = file.read_text(encoding="utf-8").splitlines()

    @cached_property
    def names(self) -> dict[str, ast.stmt]:
        """The statement that defines each of its names."""
        return {name: node for node in self.tree.body for name in bound_names(node)}

    def source(self, first: int, last: int) -> list[str]:
        """Lines ``first`` to ``last``, counted from 1, including both."""
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
        """The body with its comments but without its docstring, not indented."""
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

    def steps_and_result(self, where: str) -> tuple[list[str], str]:
        """The lines before the last statement, which has to be the only return, and what that returns, in one line.

        ``where`` is the file and line that ask for it. Raises `CourseError` if it is of another form.
        """
        last = self.node.body[-1]
        returns = [node for node in ast.walk(self.node) if isinstance(node, ast.Return)]
        if returns != [last] or not isinstance(last, ast.Return) or last.value is None:
            raise CourseError(
                f"{where}: {self.name} stands for the value of a variable, so its last statement has to be "
                "its only return"
            )
        steps = (
            replace(self, node=_without_last(self.node)).body_lines() if len(self.node.body) > 1 else ["pass"]
        )
        return ([] if steps == ["pass"] else steps), ast.unparse(last.value)


def _without_last(node: ast.FunctionDef) -> ast.FunctionDef:
    shorter = copy.copy(node)
    shorter.body = node.body[:-1]
    return shorter


def _header_end(node: ast.FunctionDef, source: list[str]) -> int:
    """Line of the colon that ends the signature: the first colon outside brackets."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO("\n".join(source) + "\n").readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.string == ":" and depth == 0:
            return node.lineno + token.start[0] - 1
    return node.lineno


def parameter_names(node: ast.FunctionDef) -> list[str]:
    """The parameters in order, including ``*args`` and ``**kwargs`` with their stars."""
    spec = node.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    names += [f"*{spec.vararg.arg}"] if spec.vararg else []
    names += [a.arg for a in spec.kwonlyargs]
    return names + ([f"**{spec.kwarg.arg}"] if spec.kwarg else [])


class Reference:
    """The modules of a course's reference package, each read once."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._modules: dict[str, ReferenceModule] = {}

    def module(self, dotted: str) -> ReferenceModule | None:
        """The module of that dotted name, such as ``reference.softmax``; None if it does not exist."""
        if dotted not in self._modules:
            base = self._course.joinpath(*dotted.split("."))
            for file in (base.with_suffix(".py"), base / "__init__.py"):
                if file.is_file():
                    self._modules[dotted] = ReferenceModule(file, shown_path(file, self._course))
                    break
        return self._modules.get(dotted)

    def find(self, target: str, where: str) -> Definition:
        """The function that ``target``, such as ``reference.softmax.softmax`` or a method, names.

        ``where`` is the file and line that ask for it. Raises `CourseError` if there is none.
        """
        parts = target.split(".")
        if parts[0] != "reference":
            raise CourseError(
                f"{where}: solution {target!r} must begin with 'reference.'; name the module and function"
            )
        for cut in range(len(parts) - 1, 0, -1):
            module = self.module(".".join(parts[:cut]))
            if module is not None and (cut > 1 or len(parts) == 2):
                return Definition(module, _function_in(module, parts[cut:], where), target)
        raise CourseError(f"{where}: solution {target!r} names no module under reference/; correct the name")


def _function_in(module: ReferenceModule, names: list[str], where: str) -> ast.FunctionDef:
    """The function of that name; a method's has its class's name before it."""
    body: list[ast.stmt] = module.tree.body
    for name in names:
        defined = {n.name: n for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        if (found := defined.get(name)) is None:
            break
        body = found.body
    if not isinstance(found, ast.FunctionDef):
        raise CourseError(f"{where}: {module.shown} has no function {name!r}; {nearest(name, list(defined))}")
    return found
