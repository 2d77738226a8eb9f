"""Which functions of a problem set use which others, in the solution or in any known way of writing them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Dependence"]


class Dependence:
    """What functions that students write use of each other, directly or through the solution's own helpers.

    Args:
        functions: The functions, in the order in which they are asked for.
        definitions: The solution's definitions, by name, with its helpers.
        sources: By function, the sources of other ways of writing it.
    """

    def __init__(
        self,
        functions: Sequence[str],
        definitions: Mapping[str, ast.AST],
        sources: Mapping[str, Iterable[str]],
    ) -> None:
        self._functions, self._definitions = functions, definitions
        self._uses = {name: self._refers(name, sources.get(name, ())) for name in functions}

    def _refers(self, function: str, sources: Iterable[str]) -> set[str]:
        """The functions that the solution, or another way of writing the function, refers to."""
        trees: list[ast.AST] = [ast.parse(source) for source in sources]
        names: set[str] = set()
        pending = [function]
        while pending:
            name = pending.pop()
            if name in self._definitions and (name == function or name not in self._functions):
                trees.append(self._definitions[name])
            for tree in trees:
                new = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - names
                names |= new
                pending += [n for n in new if n in self._definitions and n not in self._functions]
            trees = []
        return (names & set(self._functions)) - {function}

    def used_by(self, function: str) -> list[str]:
        """Functions that this one uses, directly or through others."""
        seen: list[str] = []
        pending = sorted(self._uses.get(function, ()))
        while pending:
            name = pending.pop()
            if name not in seen and name != function:
                seen.append(name)
                pending += sorted(self._uses.get(name, ()))
        return seen

    def order(self) -> list[str]:
        """All functions, each after those it uses unless they use each other."""
        done: list[str] = []

        def visit(name: str, above: frozenset[str]) -> None:
            if name in done or name in above:
                return
            for used in sorted(self._uses.get(name, ()), key=self._functions.index):
                visit(used, above | {name})
            done.append(name)

        for name in self._functions:
            visit(name, frozenset())
        return done
