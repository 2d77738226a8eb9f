"""``python -m tests.attacks.run``: every attack under every isolation plan that this place allows, and a table.

``--best`` tries the best plan only: what grading would use here, inside a container for instance. It needs a Python
that has the package with what grading needs, and this folder beside ``reference`` and ``psets``.
"""

from __future__ import annotations

import dataclasses
import sys

from tests.attacks.rounds import Round, Rounds, arguments, here


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--best", action="store_true", help="the best plan only")
    parser.add_argument("--label", help="what this place is called in the table")
    given = parser.parse_args()
    place = here()
    if given.label:
        place = dataclasses.replace(place, name=given.label)
    plans = [plan for plan in place.plans() if given.plan in plan]
    if not plans:
        sys.exit("no safe plan of that name here; `gradmark doctor` says what is missing")
    rounds = Rounds(only=given.only, jobs=given.jobs, shares=given.jobs, verbose=given.verbose)
    for plan in plans[:1] if given.best else plans:
        rounds.add(Round(place, plan))
    return 1 if rounds.table() else 0


if __name__ == "__main__":
    sys.exit(main())
