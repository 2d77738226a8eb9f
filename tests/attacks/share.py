"""A share of the corpus under one plan, in a process of its own, told line by line as JSON.

``python -m tests.attacks.share --plan NAME --share 2/3`` tries every third attack, from the second on;
``--list`` says which plans this place allows.
"""

from __future__ import annotations

import argparse
import json
import time

from grader.points import number
from tests.attacks.arena import arena, chosen
from tests.attacks.plans import plans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--plan")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    if given.list:
        _tell(list(plans()))
        return
    plan = plans()[given.plan]
    part, of = map(int, given.share.split("/"))
    _tell({"layers": plan.layers})
    with arena(plan) as ring:
        for attack in chosen(given.only)[part - 1 :: of]:
            begun = time.monotonic()
            verdict = ring.run(attack)
            _tell(
                {
                    "attack": attack.name,
                    "problems": verdict.problems,
                    "came_to": f"{verdict.result.status} {number(verdict.result.score)}",
                    "seconds": time.monotonic() - begun,
                }
            )


def _tell(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
