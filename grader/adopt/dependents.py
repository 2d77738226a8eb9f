"""Test cells that need what another test cell binds: where that one runs inside, so do they."""

from __future__ import annotations

from collections.abc import Mapping

from grader.adopt.assignment import Assignment
from grader.adopt.plan import Key, keyed
from grader.adopt.roles import free_names, names_bound
from grader.foreign import python_of
from grader.notebook.magics import tree

__all__ = ["with_dependents"]


def with_dependents(assignment: Assignment, reasons: Mapping[Key, str]) -> dict[Key, str]:
    """The reasons, with one for each test cell that reads what a cell binds that runs inside."""
    found = dict(reasons)
    bound: dict[str, str] = {}
    for key, _, test in keyed(assignment):
        if test.kind != "cell":
            continue
        module = tree(python_of(test.source))
        own = names_bound(module) if module is not None else set()
        first = next((name for name in sorted(free_names(test)) if name in bound and name not in own), None)
        if first and not found[key]:
            found[key] = f"it uses `{first}` of the test {bound[first]}, which runs inside"
        for name in own:
            bound.pop(name, None)
            if found[key]:
                bound[name] = test.name
    return found
