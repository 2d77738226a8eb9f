"""``python -m tests.attacks.run``: every attack under the best isolation plan that this place allows, and a table.

Under each other plan go those whose wall it changes, unless ``--best`` says that what grading would use here is
enough, inside a container for instance. It needs a Python that has the package with what grading needs, and this
folder beside ``reference`` and ``psets``.
"""

from __future__ import annotations

import dataclasses
import sys

from tests.attacks.rounds import Round, Rounds, arguments, here


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--best", action="store_true", help="the best plan only")
    parser.add_argument("--walls", action="store_true", help="only attacks on walls that not every place has")
    parser.add_argument("--label", help="what this place is called in the table")
    given = parser.parse_args()
    place = here()
    if given.label:
        place = dataclasses.replace(place, name=given.label)
    plans = [plan for plan in place.plans() if given.plan in plan]
    if not plans:
        sys.exit("no safe plan of that name here; `gradmark doctor` says what is missing")
    rounds = Rounds(only=given.only, jobs=given.jobs, verbose=given.verbose)
    for number, plan in enumerate(plans[:1] if given.best else plans):
        rounds.add(Round(place, plan, everything=number == 0 and not given.walls))
    return 1 if rounds.table() else 0


if __name__ == "__main__":
    sys.exit(main())
