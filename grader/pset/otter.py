"""otter-assign's rules: its tags, its solution comments, and what it leaves of a cell for students.

Tags are raw cells (``<!-- #raw -->`` … ``<!-- #endraw -->``) or fences (```` ```otter ````). gradmark understands
``# ASSIGNMENT CONFIG``, ``# BEGIN QUESTION`` with ``name: q1``, ``# BEGIN SOLUTION``, ``# BEGIN PROMPT`` and their
ends. Points and ``manual`` belong in pset.yaml and tests in the suite, so the build adds those itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = [
    "as_solution",
    "holds_solution",
    "leftover",
    "question_name",
    "questions_begun",
    "split_fences",
    "starter_source",
    "tag_of",
]

_TAG = re.compile(r"#\s+(BEGIN|END)\s+(QUESTION|SOLUTION|PROMPT|TESTS)\b|#\s+(ASSIGNMENT\s+CONFIG)\b", re.I)
_FENCE = re.compile(r"^[ \t]*```otter[ \t]*\n(.*?)\n[ \t]*```[ \t]*$", re.M | re.S)
_NAME = r"\s*name:\s*['\"]?([\w-]+)['\"]?"
_QUESTION = re.compile(rf"#\s*BEGIN\s+QUESTION[^\n]*\n(?:[^\n`#]*\n)*?{_NAME}", re.I)
_BEGIN, _END, _NO_PROMPT = "# BEGIN SOLUTION", "# END SOLUTION", "NO PROMPT"
_ASSIGNMENT = re.compile(r"^(\s*[\w.\[\]'\", ]+?\s*=)(?!=).*#\s?SOLUTION\s*$")
_LINE = re.compile(r"# ?SOLUTION[ \t]*$", re.M)
_SKIPPED = (f"# SOLUTION {_NO_PROMPT}", "# BEGIN PROMPT", "# END PROMPT", "# SEED")


def tag_of(raw: str) -> str | None:
    """``"begin question"`` and so on, if the text of a raw cell is a tag."""
    found = _TAG.match(raw.lstrip())
    if found is None:
        return None
    return " ".join(found[3].lower().split()) if found[3] else f"{found[1]} {found[2]}".lower()


def split_fences(markdown: str) -> Iterator[tuple[str, str]]:
    """The parts of a Markdown cell that are not empty, with their kinds: ``"markdown"``, or ``"raw"`` for a fence."""
    for index, part in enumerate(_FENCE.split(markdown)):
        if part := part.strip("\n"):
            yield "raw" if index % 2 else "markdown", part


def question_name(tag: str) -> str | None:
    """The name that a ``# BEGIN QUESTION`` tag gives its question."""
    found = re.search(rf"^{_NAME}\s*$", tag, re.M)
    return found[1] if found else None


def questions_begun(handout: str) -> list[tuple[str, int]]:
    """The name and line of every question of a handout, without parsing its Markdown, which would take longer."""
    return [(found[1], handout.count("\n", 0, found.start(1)) + 1) for found in _QUESTION.finditer(handout)]


def as_solution(lines: Sequence[str], indent: str = "", *, prompt: bool = True) -> list[str]:
    """Lines of code that otter-assign replaces by ``...``; without ``prompt``, it removes them without a trace."""
    begin = _BEGIN if prompt else f"{_BEGIN} {_NO_PROMPT}"
    return [indent + begin, *(f"{indent}{line}".rstrip() for line in lines), indent + _END]


def holds_solution(source: str) -> bool:
    """Whether a code cell has lines that otter-assign takes out."""
    return _BEGIN in source or _LINE.search(source) is not None


def leftover(text: str) -> str | None:
    """A solution comment, otter's or ours, that should no longer be in a text for students."""
    found = re.search(r"#\s*(BEGIN|END) SOLUTION|#\s*SOLUTION:", text)
    return found[0] if found else None


def starter_source(source: str) -> str:
    """What otter-assign leaves of a solved code cell for students.

    >>> print(starter_source("def f(x):\\n    # BEGIN SOLUTION\\n    return x\\n    # END SOLUTION"))
    def f(x):
        ...
    >>> print(starter_source("a = 3  # SOLUTION"))
    a = ...
    """
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        stripped = line.rstrip()
        indent = line[: len(line) - len(line.lstrip())]
        if stripped.endswith(_END):
            inside = False
        elif inside or stripped.endswith(_SKIPPED):
            continue
        elif line.lstrip().startswith(_BEGIN):
            inside = True
            if not stripped.endswith(_NO_PROMPT):
                kept.append(f"{indent}...")
        elif stripped.endswith(("# SOLUTION", "#SOLUTION")):
            found = _ASSIGNMENT.match(line)
            kept.append(f"{found[1]} ..." if found else f"{indent}...")
        else:
            kept.append(line)
    return "\n".join(kept)
