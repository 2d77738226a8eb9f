"""Slips in a problem set's variants: what cannot be drawn, and places in the handout that nothing fills."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice

from grader.errors import CourseError
from grader.notebook.magics import parsed
from grader.pset.drawn import (
    GROUPS,
    MOST_OPTIONS,
    TEMPLATE,
    Drawing,
    data_name,
    filled,
    options,
    placeholders,
)
from grader.pset.handout import code_cells
from grader.pset.names import nearest
from grader.pset.problemset import ProblemSet
from grader.pset.schema import Drawn
from grader.pset.yamlfile import SourceLines

__all__ = ["drawn_slips", "personal_slips"]

_KINDS = ("choose", "integer", "number", "words", "data")
_UNSAFE = re.compile(r"[\n\r\\\"]|\{\{|\}\}")
"""What no value may hold: it would end a text of the handout's code, or be taken for a placeholder."""
_TRIED = 200
"""Values of a list that are tried in the handout's code."""


def drawn_slips(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    """What is wrong with ``variants:`` itself, and which placeholders it does not fill; read from source alone."""
    variants = pset.file.variants
    if variants is None:
        return
    where = lines.at("$", "variants")
    if pset.file.seed is None:
        yield CourseError(
            f"{where}: variants are drawn from the problem set's seed, which would change with each test; add a seed:"
        )
    if not pset.drawn:
        yield CourseError(f"{where}: variants draws nothing; add a name, as in slope: {{choose: [2, 3, 5]}}")
    for name, one in variants.items():
        at = lines.at("$.variants", name)
        if isinstance(one, Drawn):
            yield from (CourseError(f"{at}: {name} {problem}") for problem in _problems(name, one))
        elif name != GROUPS:
            yield CourseError(
                f"{at}: {name} should say what is drawn, as in {name}: {{choose: [{one}, {one + 1}]}}"
            )
        elif one < 1:
            yield CourseError(f"{at}: groups should be how many variants there are, at least 1")
    yield from _places(pset, lines)
    _ = pset.record  # raises what is wrong with it


def _problems(name: str, one: Drawn) -> Iterator[str]:
    kinds = [kind for kind in _KINDS if getattr(one, kind) is not None]
    if name == GROUPS:
        yield "is how many variants there are; give what is drawn another name"
    elif len(kinds) != 1:
        yield f"needs exactly one of {', '.join(_KINDS)}"
    elif (one.step is not None) != (one.number is not None):
        yield "needs both number and step, as in {number: [0.5, 2.0], step: 0.1}"
    elif one.step is not None and one.step <= 0:
        yield "needs a step greater than 0"
    elif one.data is not None:
        if not re.fullmatch(r"reference(\.[A-Za-z_]\w*){2,}", one.data):
            yield "needs a function of the reference, as in {data: reference.spring.readings}"
    else:
        count, value = options(one)
        if not 2 <= count <= MOST_OPTIONS:
            yield f"has {max(count, 0):,} values to draw from; there should be 2 to {MOST_OPTIONS:,}"
            return
        listed = [value(place) for place in range(count)] if one.words or one.choose else []
        for given in listed:
            if isinstance(given, bool) or not isinstance(given, int | float | str):
                yield f"can be a number or a text, not {given!r}"
            elif isinstance(given, str) and (
                bad := _UNSAFE.search(given) or (None if given.strip() else [""])
            ):
                yield f"cannot be {given!r}: {bad[0]!r} would break the handout's code; leave it out"
        if len(set(map(str, listed))) < len(listed):
            yield "lists a value twice; remove one"


def _places(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    shown, used = pset.shown(pset.handout_path), set()
    for name, line in placeholders(pset.handout_source):
        used.add(name)
        if name not in pset.drawn:
            yield CourseError(
                f"{shown}:{line}: nothing is drawn for {{{{{name}}}}}; {nearest(name, list(pset.drawn))} (If "
                "this is no placeholder, put a blank between the braces.)"
            )
    for name in pset.drawn:
        if name not in used:
            yield CourseError(
                f"{lines.at('$.variants', name)}: {name} is drawn but {shown} has no {{{{{name}}}}}; write it where "
                "the value belongs, or remove the name"
            )


def personal_slips(pset: ProblemSet) -> Iterator[CourseError]:
    """What shows only when values are put in: code that some of them break, data that cannot be made."""
    if not pset.drawn or pset.drawing in (None, TEMPLATE):
        return
    shown = pset.shown(pset.handout_path)
    for cell in code_cells(pset.as_template().handout_cells):
        for name in dict.fromkeys(name for name, _ in placeholders(cell.source) if name in pset.drawn):
            yield from _broken_code(pset, cell.source, name, f"{shown}:{cell.line}")
    for name in pset.drawn_files:
        if pset.data_dir is not None and (file := pset.data_dir / name).exists():
            yield CourseError(f"{pset.shown(file)}: {name} is also drawn for each student; rename one")
    data = {name for name, one in pset.drawn.items() if one.data is not None}
    for test in pset.tests:
        if test.public and (used := data & _texts(test.file.read_text(encoding="utf-8"), test.name)):
            yield CourseError(
                f"{pset.shown(test.file)}:{test.line}: the public test {test.name} uses {min(used)}, but students' "
                f"tests get numbers and words only; read {data_name(min(used))} through the student's function, or "
                "make the test hidden"
            )


def _broken_code(pset: ProblemSet, source: str, name: str, where: str) -> Iterator[CourseError]:
    assert pset.drawing is not None
    one = pset.drawn[name]
    count, value = (1, lambda _: data_name(name)) if one.data is not None else options(one)
    places = range(count) if one.words or one.choose else {0, count - 1}
    for place in islice(places, _TRIED):
        text = filled(source, Drawing("", {**pset.drawing.values, name: value(place)}))
        try:
            parsed(text)
        except SyntaxError as error:
            yield CourseError(
                f"{where}: with {name} = {value(place)!r} this cell is not Python: {error.msg}; write a text between "
                f'quotation marks, as in "{{{{{name}}}}}"'
            )
            return


def _texts(source: str, function: str) -> set[str]:
    """The texts written out in a function of a file."""
    found = (node for node in ast.parse(source).body if getattr(node, "name", "") == function)
    nodes = (inner for node in found for inner in ast.walk(node))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
