"""Slips in answers that are variables: what students get complete or broken, and what cannot be run again by itself.

An answer is run again as a function (see `grader.pset.values`). That gives what the notebook gives only if each name
that it reads has one value from the notebook's beginning to its end.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from grader.errors import CourseError
from grader.pset.handout import Cell, code_cells
from grader.pset.handoutcheck import statements_of
from grader.pset.otter import starter_source
from grader.pset.problemset import ProblemSet
from grader.pset.values import bound_in, read_by

__all__ = ["faulty_values", "value_slips"]


def value_slips(pset: ProblemSet) -> Iterator[CourseError]:
    """Everything wrong with the cells that give variables their values."""
    if not pset.values:
        return
    cells = code_cells(pset.solved_cells)
    for name in sorted(pset.values):
        yield from _where_bound(name, cells, pset)
    for cell in cells:
        if answers := sorted(_bound(cell) & pset.values):
            yield from _starter(cell, answers, pset)
            yield from _names(cell, answers, cells, pset)
            yield from _draws(cell, answers[0], cells, pset)


def faulty_values(pset: ProblemSet) -> set[str]:
    """The variables among the answers that have a slip of their own or share a cell with one that has."""
    cells = code_cells(pset.solved_cells)
    found = {name for name in pset.values if any(_where_bound(name, cells, pset))}
    for cell in cells:
        if answers := sorted(_bound(cell) & pset.values):
            slips = [*_starter(cell, answers, pset), *_names(cell, answers, cells, pset)]
            if slips or any(_draws(cell, answers[0], cells, pset)):
                found |= set(answers)
    return found


def _steps(cell: Cell) -> list[ast.stmt]:
    definitions = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return [one for one in statements_of(cell.source) if not isinstance(one, definitions)]


def _bound(cell: Cell) -> set[str]:
    return {name for step in _steps(cell) for name in bound_in(step)}


def _at(cell: Cell, pset: ProblemSet) -> str:
    return f"{pset.shown(pset.handout_path)}:{cell.line}"


def _where_bound(name: str, cells: Sequence[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    places = [cell for cell in cells if name in _bound(cell)]
    defined = [
        cell
        for cell in cells
        for one in statements_of(cell.source)
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == name
    ]
    owner = next(question.id for question in pset.questions if name in question.values)
    if defined:
        yield CourseError(
            f"{_at(defined[0], pset)}: {name} is defined here, but pset.yaml lists it under values; list it under "
            "functions"
        )
    elif len(places) > 1:
        yield CourseError(
            f"{_at(places[1], pset)}: {name} gets a value here, and in another cell before; an answer gets its "
            "value in one cell"
        )
    elif places and places[0].question != owner:
        where = f"question {places[0].question}" if places[0].question else "no question"
        yield CourseError(
            f"{_at(places[0], pset)}: {name} is in {where}, but pset.yaml lists it under {owner}; move one of them"
        )


def _starter(cell: Cell, answers: Sequence[str], pset: ProblemSet) -> Iterator[CourseError]:
    """What students get in place of the answers."""
    for step in statements_of(starter_source(cell.source)):
        there = sorted(bound_in(step) & set(answers))
        value = getattr(step, "value", None)
        blank = isinstance(value, ast.Constant) and value.value is ...
        if there and not blank:
            yield CourseError(
                f"{_at(cell, pset)}: students get {there[0]} as it is here, because it has no solution marker; write "
                f"'# SOLUTION' at the end of its line"
            )
        elif (
            blank
            and isinstance(step, ast.Assign)
            and not all(isinstance(one, ast.Name) for one in step.targets)
        ):
            yield CourseError(
                f"{_at(cell, pset)}: students get '{ast.unparse(step)}', which stops with an error until they answer; "
                "give each variable a line of its own"
            )


def _names(
    cell: Cell, answers: Sequence[str], cells: Sequence[Cell], pset: ProblemSet
) -> Iterator[CourseError]:
    """Names that the answers read and that have one value here and another one elsewhere."""
    own = _bound(cell)
    first = _read_before_bound(_steps(cell))
    read = {name for step in _steps(cell) for name in read_by(step)} - own
    for name in sorted((read | first & own) - pset.values):
        others = [one for one in cells if one is not cell and name in _bound(one)]
        if len(others) + (name in own) > 1:
            again = cell if name in own else others[1]
            yield CourseError(
                f"{_at(again, pset)}: {name} gets another value here, and {answers[0]} reads it; give one of "
                "them another name, so that the answer can be run again by itself"
            )


def _draws(cell: Cell, answer: str, cells: Sequence[Cell], pset: ProblemSet) -> Iterator[CourseError]:
    """A random generator that goes on wherever the answer is run again."""
    read = {name for step in _steps(cell) for name in read_by(step)}
    for other in cells:
        for step in _steps(other) if other is not cell else ():
            if made := _generators_of(step) & read:
                yield CourseError(
                    f"{_at(cell, pset)}: {answer} draws from {min(made)}, which another cell makes, so it draws other "
                    "numbers when it is run again; make the generator in the answer's own cell, with a seed"
                )
    calls = [n.func for step in _steps(cell) for n in ast.walk(step) if isinstance(n, ast.Call)]
    drawn = {
        ast.unparse(one)
        for one in calls
        if ast.unparse(one).startswith(("np.random.", "numpy.random.", "random."))
    }
    seeded = {one for one in drawn if one.endswith((*_GENERATORS, ".seed", ".Random"))}
    if drawn - seeded and not seeded:
        yield CourseError(
            f"{_at(cell, pset)}: {answer} draws with {min(drawn)}, which goes on when it is run again; make a "
            "generator with a seed in the answer's own cell"
        )


_GENERATORS = ("default_rng", "RandomState", "Generator", "Random")


def _generators_of(step: ast.stmt) -> set[str]:
    """The names that a statement binds to a random generator, or to several."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for node in ast.walk(step):
        if isinstance(node, ast.Assign):
            pairs += [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            pairs.append((node.target, node.value))
    found = set[str]()
    while pairs:
        target, made = pairs.pop()
        values = made.elts if isinstance(made, ast.Tuple | ast.List) else None
        if isinstance(target, ast.Tuple | ast.List) and values is not None:
            pairs += zip(target.elts, values, strict=True) if len(target.elts) == len(values) else ()
        elif values is not None:
            pairs += [(target, value) for value in values]
        elif isinstance(made, ast.ListComp):
            pairs.append((target, made.elt))
        elif isinstance(made, ast.Call) and _last_name(made.func) in _GENERATORS:
            found |= _stored(target)
    return found & bound_in(step)


def _last_name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _read_before_bound(steps: Sequence[ast.stmt]) -> set[str]:
    """The names that statements read before they give them a value, as far as their order shows."""
    found, bound = set[str](), set[str]()
    for step in steps:
        inner = set[str]()
        read = set[str]()
        for node in ast.walk(step):
            if isinstance(node, ast.For | ast.comprehension):
                inner |= _stored(node.target)
            elif isinstance(node, ast.withitem) and node.optional_vars is not None:
                inner |= _stored(node.optional_vars)
            elif isinstance(node, ast.NamedExpr):
                inner |= _stored(node.target)
            elif isinstance(node, ast.arg):
                inner.add(node.arg)
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                read.add(node.target.id)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                read.add(node.id)
        found |= read - inner - bound
        bound |= bound_in(step)
    return found


def _stored(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
