"""A cell to be filled in, as the handout has it: what students get, and where the reference has the answer."""

from __future__ import annotations

import ast
import builtins
import re
import textwrap
from collections import Counter
from collections.abc import Iterable

from grader.adopt.assignment import AuthorCell
from grader.notebook.magics import tree
from grader.pset.otter import as_solution
from grader.pset.values import bound_in, changed_by

__all__ = ["Reference", "bound_by", "source_of", "without_marks"]

_BUILTINS = frozenset(dir(builtins))
_MARK = re.compile(r"^[ \t]*#+[ \t]*(?:BEGIN|END)[ \t]+(?:SOLUTION|PROMPT)\b.*\n?", re.MULTILINE)
_MARK_AT_END = re.compile(r"[ \t]*#[ \t]*SOLUTION\b.*$", re.MULTILINE)
FILL_IN = "fill in the answer; the assignment held no solution"

NO_TEXT = "TODO: say what it is given and what it returns."


def without_marks(source: str) -> str:
    """A solution without the comments that its grader finds it by."""
    return textwrap.dedent(_MARK_AT_END.sub("", _MARK.sub("", source))).strip("\n")


def source_of(source: str, node: ast.stmt) -> str:
    """A statement as it is written, with its decorators."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    lines = source.splitlines()[first - 1 : node.end_lineno]
    try:
        if ast.dump(ast.parse("\n".join(lines)).body[0]) == ast.dump(node):
            return "\n".join(lines)
    except (SyntaxError, IndexError):
        pass  # another statement is in the same line
    return ast.unparse(node)


def bound_by(cell: AuthorCell) -> set[str]:
    """What a cell binds, solved or not."""
    names: set[str] = set()
    for source in {cell.source, cell.solution or cell.source}:
        module = tree(without_marks(source))
        names |= {name for one in (module.body if module else ()) for name in bound_in(one)}
    return names


class Reference:
    """The module of answers, which fills as cells are asked for.

    Args:
        module: Its name, such as ``reference.hw1``.
        cells: The notebook's.
        imported: Names that the notebook's imports bind.
        asked: The functions that tests ask for.
    """

    def __init__(
        self, module: str, cells: Iterable[AuthorCell], imported: Iterable[str], asked: Iterable[str]
    ) -> None:
        self._module, self._imported, self._asked = module, set(imported), set(asked)
        cells = list(cells)
        self._bound = Counter(name for cell in cells for name in bound_by(cell))
        self.parts: list[str] = []
        self._names: set[str] = set()
        self.stubs: list[str] = []
        """Names whose answers the author has to write."""

    def cell(self, cell: AuthorCell) -> str:
        """The handout's form of a cell that students fill in."""
        starter = tree(textwrap.dedent(cell.source))
        if cell.solution is None:
            return self._unsolved(cell, starter)
        source = without_marks(cell.solution)
        solved = tree(source)
        if solved is None:
            return "\n".join(as_solution(source.splitlines()))
        given = {ast.dump(one) for one in starter.body} if starter else set()
        docs = _docstrings(starter)
        lines: list[str] = []
        steps: list[str] = []

        def flush() -> None:
            if steps:
                lines.extend(as_solution(steps))
                steps.clear()

        for node in solved.body:
            text = source_of(source, node)
            if ast.dump(node) in given and not _is_blank(node):
                flush()
                lines.extend(text.splitlines())
                continue
            made = self._answer(node, text, solved, docs)
            if made is None:
                steps.extend(text.splitlines())
            else:
                flush()
                lines.extend(made)
        flush()
        return "\n".join(lines)

    def _answer(
        self, node: ast.stmt, text: str, cell: ast.Module, docs: dict[str, ast.stmt]
    ) -> list[str] | None:
        """A function or variable with its marker; None for what stays in the handout as a step."""
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if node.name in self._names or (node.name not in self._asked and node.name not in docs):
                return None
            if isinstance(node, ast.ClassDef) and not any(
                isinstance(one, ast.FunctionDef) for one in node.body
            ):
                return None
            self._names.add(node.name)
            self.parts.append(text)
            return self._marked(node, f"{self._module}.{node.name}", docs.get(node.name))
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            return self._variable(node, node.targets[0].id, cell)
        return None

    def _variable(self, node: ast.Assign, name: str, cell: ast.Module) -> list[str] | None:
        if sum(name in changed_by(one) for one in cell.body) > 1:
            return None
        own = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        own |= {n.arg for n in ast.walk(node.value) if isinstance(n, ast.arg)}
        read = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)} - own - {name}
        read -= self._imported | (_BUILTINS - set(self._bound))
        if (
            self._bound[name] > 1
            or name in self._names
            or bound_in(ast.Expr(node.value))
            or read - set(self._bound)
        ):
            return [f"{name} = {ast.unparse(node.value)}  # SOLUTION"]
        self._names.add(name)
        parameters = ", ".join(sorted(read - self._asked))
        self.parts.append(f"def {name}({parameters}):\n    return {ast.unparse(node.value)}")
        return [f"{name} = ...  # SOLUTION: {self._module}.{name}"]

    def _marked(self, node: ast.stmt, target: str, starter: ast.stmt | None) -> list[str]:
        """A definition whose body is a marker, with what students are told of it."""
        if isinstance(node, ast.ClassDef):
            head = _head(node, starter)
            for one in node.body:
                if isinstance(one, ast.FunctionDef):
                    head += ["", *_indented(self._marked(one, f"{target}.{one.name}", None))]
                elif not _is_text(one):
                    head += _indented(ast.unparse(one).splitlines())
            return head
        assert isinstance(node, ast.FunctionDef)
        return [*_head(node, starter), f"    # SOLUTION: {target}"]

    def _unsolved(self, cell: AuthorCell, starter: ast.Module | None) -> str:
        """A cell of which nobody wrote the answer."""
        if starter is None:
            return cell.source
        lines: list[str] = []
        for node in starter.body:
            target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
            name = target.id if isinstance(target, ast.Name) else getattr(node, "name", "")
            if isinstance(node, ast.FunctionDef) and name not in self._names:
                self._stub(name)
                self.parts.append(
                    "\n".join([*_head(node, None), f'    raise NotImplementedError("{FILL_IN}")'])
                )
                lines += self._marked(node, f"{self._module}.{name}", None)
            elif target is not None and name and _is_blank(node) and name not in self._names:
                self._stub(name)
                self.parts.append(
                    f'def {name}():\n    raise NotImplementedError("{FILL_IN}")\n    return None'
                )
                lines.append(f"{name} = ...  # SOLUTION: {self._module}.{name}")
            else:
                lines += source_of(textwrap.dedent(cell.source), node).splitlines()
        return "\n".join(lines) if lines else cell.source

    def _stub(self, name: str) -> None:
        self._names.add(name)
        self.stubs.append(name)


def _head(node: ast.FunctionDef | ast.ClassDef, starter: ast.stmt | None) -> list[str]:
    """The first lines of a definition, with its docstring, or that of what students get."""
    copied = ast.parse(ast.unparse(node)).body[0]
    assert isinstance(copied, ast.FunctionDef | ast.ClassDef)
    texts = [one for one in node.body[:1] if _is_text(one)]
    texts = texts or [one for one in getattr(starter, "body", [])[:1] if _is_text(one)]
    # Without any, what follows could not be read: a marker is a comment, and no body.
    texts = texts or [ast.Expr(ast.Constant(NO_TEXT))]
    copied.body = [*texts, ast.Pass()]
    return ast.unparse(ast.fix_missing_locations(copied)).splitlines()[:-1]


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_blank(node: ast.stmt) -> bool:
    value = getattr(node, "value", None)
    return isinstance(value, ast.Constant) and value.value is ...


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}".rstrip() for line in lines]


def _docstrings(starter: ast.Module | None) -> dict[str, ast.stmt]:
    """The definitions that students get, by name."""
    return {
        one.name: one
        for one in (starter.body if starter else ())
        if isinstance(one, ast.FunctionDef | ast.ClassDef)
    }
