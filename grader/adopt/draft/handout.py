"""The handout of a draft: the author's notebook as Markdown, with questions marked and answers in the reference."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from grader.adopt.assignment import Assignment, AuthorCell
from grader.adopt.draft.answers import Reference
from grader.adopt.draft.layout import Group
from grader.adopt.draft.turning import Known

__all__ = ["handout_of"]

_HEAD = """---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---
"""
_CLIENT = re.compile(
    r"^[ \t]*(?:import otter\b|from (?:otter|client|gofer|okgrade)\b|\w+ = (?:otter\.)?Notebook\().*\n?",
    re.MULTILINE,
)
_NO_NOTEBOOK = "The assignment held no notebook: describe here what is asked for."


def handout_of(
    found: Assignment,
    groups: Sequence[Group],
    places: Sequence[Group | None],
    prose: Sequence[Sequence[str]],
    reference: Reference,
    asked: set[str],
    known: Known,
) -> str:
    """The handout's text; fills the reference as it goes."""
    parts = [_HEAD]
    open_group: Group | None = None
    waiting = list(groups)
    cells = list(found.cells)
    if not any(text.lstrip().startswith("#") for several in prose for text in several):
        parts.append(f"# {found.title}")
    for number, cell in enumerate(cells):
        place = places[number]
        if open_group is not None and place is not open_group:
            parts.append(_raw("# END QUESTION"))
            open_group = None
        if place is not None and open_group is None:
            while waiting and waiting[0] is not place and waiting[0] not in places[number:]:
                parts += _empty(waiting.pop(0))
            waiting = [one for one in waiting if one is not place]
            parts.append(_raw(f"# BEGIN QUESTION\nname: {place.id}"))
            open_group = place
        parts += prose[number]
        if code := _code(cell, reference):
            parts.append(f"```python\n{code}\n```")
    if open_group is not None:
        parts.append(_raw("# END QUESTION"))
    if not cells:
        parts.append(_NO_NOTEBOOK)
    for group in waiting:
        parts += _empty(group, _invented(group, found, reference, asked, known) if not cells else [])
    parts += prose[-1] if prose else []
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _raw(text: str) -> str:
    return f"<!-- #raw -->\n{text}\n<!-- #endraw -->"


def _empty(group: Group, inside: Sequence[str] = ()) -> list[str]:
    """A question without cells to fill in."""
    heading = f"## {group.title}"
    return [_raw(f"# BEGIN QUESTION\nname: {group.id}"), heading, *inside, _raw("# END QUESTION")]


def _code(cell: AuthorCell, reference: Reference) -> str:
    """A cell's code in the handout; empty for what tests or calls the other grader."""
    if cell.part in ("test", "check"):
        return ""
    if cell.part == "starter":
        return reference.cell(cell).strip("\n")
    return _CLIENT.sub("", cell.source).strip("\n")


def _invented(
    group: Group, found: Assignment, reference: Reference, asked: set[str], known: Known
) -> list[str]:
    """Cells for what a question's tests ask for, where there is no notebook that has them."""
    from grader.adopt.roles import free_names

    names: set[str] = set()
    for unit in group.units:
        for test in unit.tests:
            names |= free_names(test) & asked
    parts = []
    for name in sorted(names - set(reference.stubs)):
        source = f"def {name}(*arguments):\n    ..." if name in known.functions else f"{name} = ..."
        assert ast.parse(source)
        parts.append(f"```python\n{reference.cell(AuthorCell(source, part='starter'))}\n```")
    return parts
