"""A share of the corpus under one plan, in a process of its own, told line by line as JSON.

``python -m tests.attacks.share --plan NAME --share 2/3`` tries the second third of those whose wall that plan changes;
``--everything`` takes all attacks. ``--list`` says which plans this place allows.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

from grader.points import number
from tests.attacks.arena import arena
from tests.attacks.catalogue import chosen, concerned
from tests.attacks.plans import plans

MOST_MEMORY = 3 << 30
"""An attack that is not contained must not take the machine along."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--plan")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--only", default="")
    parser.add_argument("--everything", action="store_true")
    given = parser.parse_args()
    if given.list:
        _tell(list(plans()))
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    plan = plans()[given.plan]
    attacks = chosen(given.only)
    if not given.everything:
        attacks = concerned(attacks, plan.layers)
    # Neighbours, since those of one problem set share a judge.
    part, of = map(int, given.share.split("/"))
    mine = attacks[len(attacks) * (part - 1) // of : len(attacks) * part // of]
    _tell({"layers": plan.layers, "attacks": [attack.name for attack in mine]})
    if not mine:
        return
    with arena(plan) as ground:
        for attack in mine:
            begun = time.monotonic()
            verdict = ground.run(attack)
            _tell(
                {
                    "attack": attack.name,
                    "says": attack.says,
                    "problems": verdict.problems,
                    "came_to": f"{verdict.result.status} {number(verdict.result.score)}",
                    "more_mb": verdict.more_mb,
                    "seconds": time.monotonic() - begun,
                }
            )


def _tell(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
