"""The settings of a draft, and its file of mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.adopt.assignment import Assignment
from grader.adopt.draft.layout import Group
from grader.adopt.draft.suite import Suite
from grader.adopt.draft.turning import Known
from grader.points import total

__all__ = ["MISTAKES", "settings_of"]

MISTAKES = '''"""Wrong answers, each with the sentence that a student who makes this mistake should read.

An entry is an edit of the solution: code that is there exactly once, and what stands in its place. Students whose
functions return the same as with this edit read the sentence. `gradmark validate` plants each entry.
"""

# from grader import mistake
#
# mistake("mean", "mean_of_one_fewer", {"len(x)": "(len(x) - 1)"},
#         says="You divide by one fewer than there are numbers.")
'''


def settings_of(
    found: Assignment,
    name: str,
    groups: Sequence[Group],
    suite: Suite,
    owner: Mapping[str, str],
    known: Known,
    preload: Sequence[str],
    seed: str,
) -> str:
    """The text of pset.yaml."""
    asked = set().union(*suite.asked.values())
    lines = [f"title: {_text(found.title)}", f'seed: "{seed}"', f"handout: {name}.md"]
    lines += ["data: data"] if found.files else []
    lines += [f"preload: [{', '.join(preload)}]", "questions:"]
    for group in groups:
        mine = sorted(one for one in asked if owner.get(one) == group.id)
        fields = [f"id: {group.id}", f"title: {_text(group.title)}"]
        if group.id in suite.points:
            fields.append(f"points: {_points(suite.points[group.id])}")
            functions = [one for one in mine if one in known.functions]
            values = [one for one in mine if one in known.values]
            fields += [f"functions: [{', '.join(functions)}]"] if functions else []
            fields += [f"values: [{', '.join(values)}]"] if values else []
            # What its public tests compare with is no secret.
            fields += ["verdict: at_once"] if values and group.id in suite.public else []
        else:
            whole = group.by_hand or Fraction(0)
            fields += [
                f"points: {_points(whole + total(unit.points for unit in group.units))}",
                "manual: true",
            ]
        lines.append(f"  - {{{', '.join(fields)}}}")
    return "\n".join(lines) + "\n"


def _points(points: Fraction) -> str:
    return str(points) if points.denominator == 1 else f'"{points}"'


def _text(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
