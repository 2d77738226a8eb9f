"""``make attacks``: every attack under every isolation plan that this machine allows, and a table."""

from __future__ import annotations

import argparse
import sys
import time

from tests.attacks.arena import arena, corpus
from tests.attacks.plans import plans


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="attacks whose name holds this")
    parser.add_argument("--plan", default="", help="plans whose name holds this")
    parser.add_argument("--label", default="", help="put before the plans' names")
    parser.add_argument("--verbose", action="store_true", help="a line for each attack")
    given = parser.parse_args()
    attacks = [attack for attack in corpus() if given.only in attack.name]
    rows, escaped = [], 0
    for name, plan in plans().items():
        if given.plan not in name:
            continue
        started, contained = time.monotonic(), 0
        with arena(plan) as ring:
            for attack in attacks:
                begun = time.monotonic()
                verdict = ring.run(attack)
                contained += not verdict.problems
                for problem in verdict.problems:
                    print(
                        f"NOT CONTAINED under {name}: {attack.name} ({attack.says}) {problem}",
                        file=sys.stderr,
                    )
                if given.verbose:
                    outcome = f"{verdict.result.status} {verdict.result.score:g}"
                    print(f"  {time.monotonic() - begun:5.2f} s  {attack.name:34} {outcome}", flush=True)
        escaped += len(attacks) - contained
        rows.append((given.label + name, len(attacks), contained, time.monotonic() - started, plan.layers))
    for row, tried, held, seconds, layers in rows:
        print(
            f"{row:36} tried {tried:4}   contained {held:4} of {tried:4}   {seconds:5.0f} s   {', '.join(layers)}"
        )
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
