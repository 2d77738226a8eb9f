"""The wrong options of a multiple choice as known mistakes: each that has a sentence of its own in the suite."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.pset.forms import Solution
from grader.pset.guesses import guesses_in
from grader.pset.suitefile import DeclaredTest, parse_python
from grader.pset.variants import Variant, Way

__all__ = ["choices_in", "option_mistakes"]


@dataclass(frozen=True)
class _Asked:
    """A call of `check_choice` or `check_choices` whose arguments its source shows."""

    name: str
    """The variable that holds the answer."""
    right: Any
    options: Mapping[Any, str]
    line: int

    def wrong(self) -> Iterator[tuple[Any, Any, str]]:
        """Each wrong option with a sentence: the option, the answer that holds it, and the sentence."""
        several = isinstance(self.right, list | tuple | set | frozenset)
        right = self.right if several else [self.right]
        for option, says in self.options.items():
            if says and option not in right:
                answer = [one for one in self.options if one in right or one == option] if several else option
                yield option, answer, says


def option_mistakes(
    tests: Collection[DeclaredTest], solution: Solution, named: Collection[str], shown: Mapping[Any, str]
) -> list[Variant]:
    """What students may choose wrongly, as mistakes with the sentences of the options.

    Args:
        tests: The tests of a problem set.
        solution: Its solution.
        named: Variables whose mistakes are written out elsewhere, and left out here.
        shown: The suite's files as messages show them.
    """
    found: dict[str, Variant] = {}
    for test in tests:
        if test.public:
            continue
        for asked in _asked(test, parse_python(test.file, shown[test.file])):
            if asked.name not in solution.values or asked.name in named:
                continue
            for option, answer, says in asked.wrong():
                name = f"{asked.name}_{_word(option)}"
                text = f"def {asked.name}():\n    {asked.name} = {answer!r}\n    return {asked.name}\n"
                way = Way(whole=ast.parse(text).body[0])
                where = f"{shown[test.file]}:{asked.line}"
                form = solution.form(asked.name)
                found.setdefault(name, Variant(name, asked.name, says, where, form, (way,), text))
    return list(found.values())


def choices_in(tests: Collection[DeclaredTest], shown: Mapping[Any, str]) -> set[str]:
    """The variables that hold choices: what they may be stands in the handout, and tells nothing."""
    found: set[str | None] = set()
    for test in tests:
        tree = parse_python(test.file, shown[test.file])
        function = next(
            n for n in reversed(tree.body) if isinstance(n, ast.FunctionDef) and n.name == test.name
        )
        for call in guesses_in(function, tree):
            given = call.args[0] if call.args else None
            if ast.unparse(call.func).rpartition(".")[2] != "check_text":
                found.add(_variable(given))
    return {name for name in found if name is not None}


def _word(option: Any) -> str:
    """An option as a part of a name."""
    return re.sub(r"\W+", "_", str(option)).strip("_")[:40] or "other"


def _asked(test: DeclaredTest, tree: ast.Module) -> Iterator[_Asked]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == test.name]
    for call in guesses_in(functions[-1], tree):
        given = dict(zip(("got", "right", "options"), call.args, strict=False))
        given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        name = _variable(given.get("got"))
        right, options = (_literal(given.get(key), constants) for key in ("right", "options"))
        said = isinstance(options, dict) and all(isinstance(says, str) for says in options.values())
        if name is not None and right is not None and said:
            yield _Asked(name, right, options, call.lineno)


def _variable(node: ast.expr | None) -> str | None:
    """``x`` of ``student.value("x")``."""
    match node:
        case ast.Call(func=ast.Attribute(attr="value"), args=[ast.Constant(value=str(name))]):
            return name
    return None


def _literal(node: ast.expr | None, constants: Mapping[str, ast.expr]) -> Any:
    if isinstance(node, ast.Name):
        node = constants.get(node.id)
    try:
        return None if node is None else ast.literal_eval(node)
    except (ValueError, TypeError):
        return None
