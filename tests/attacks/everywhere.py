"""``make attacks``: the whole corpus under this machine's best plan, and what concerns their walls under all others.

As root, under those of three other kinds of machine too: a Docker container as root and as an ordinary user, with the
rights that Docker leaves them, and this machine as an ordinary user, with the namespaces that such a user may make.
"""

from __future__ import annotations

import os
import sys
from functools import partial

from tests.attacks.guest import guest
from tests.attacks.plans import ALONE
from tests.attacks.rounds import Place, Round, Rounds, arguments, here

BEST = "all layers"
# What an ordinary user has left without namespaces is what Docker leaves it.
OF_A_USER = (BEST, "no Landlock")


def main() -> int:
    given = arguments(__doc__).parse_args()
    rounds = Rounds(only=given.only, jobs=given.jobs, verbose=given.verbose)

    def add(place: Place, plans: list[str] | tuple[str, ...], *, best: str = "") -> None:
        for plan in plans:
            if given.plan in plan:
                rounds.add(Round(place, plan, everything=plan == best))

    add(here(), here().plans(), best=BEST)
    if os.geteuid() != 0:
        print("LEFT OUT, for root alone can take on others' rights: Docker and other users", file=sys.stderr)
        return 1 if rounds.table() else 0
    docker = (sys.executable, "-m", "tests.attacks.docker")
    add(Place("Docker root", (*docker, "--")), [BEST])
    with guest() as (python, folder, user):
        home = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
        known = partial(Place, python=python, folder=folder, environment=home)
        as_user = ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups")
        inside = (python, "-m", "tests.attacks.docker", "--user", str(user), "--")
        other = known("host user", as_user)
        # Where the Python that runs the tests lies in a home folder, a user of its own has no way to it.
        if ALONE not in here().plans():
            add(known("host root"), [ALONE])
        add(known("Docker user", inside), [BEST])
        add(other, [plan for plan in other.plans() if plan in OF_A_USER])
        return 1 if rounds.table() else 0


if __name__ == "__main__":
    sys.exit(main())
