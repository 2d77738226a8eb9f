"""``make attacks``: the whole corpus as this user, and as root also in simulated containers and as another user."""

from __future__ import annotations

import os
import subprocess
import sys

NOBODY_IN_PARTICULAR = 61_234


def main() -> int:
    run = [sys.executable, "-m", "tests.attacks.run", *sys.argv[1:]]
    best = [
        *run,
        "--plan",
        "all layers",
    ]  # of a poorer machine: what it lacks, the host's plans left out already
    root = os.geteuid() == 0
    rounds: list[tuple[str, list[str]]] = [("host root: " if root else "host user: ", run)]
    if root:
        docker = [sys.executable, "-m", "tests.attacks.docker"]
        rounds.append(("Docker root: ", [*docker, "--", *best]))
        if _others_can_use_python():
            user = str(NOBODY_IN_PARTICULAR)
            rounds.append(("Docker user: ", [*docker, "--user", user, "--", *best]))
            rounds.append(
                ("host user: ", ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", *best])
            )
        else:
            print(
                "another user cannot run this Python; a copy outside a private home folder could",
                file=sys.stderr,
            )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    codes = [
        subprocess.run([*command, "--label", label], env=environment, check=False).returncode
        for label, command in rounds
    ]
    return max(codes)


START = "from grader.sandbox import Sandbox\nwith Sandbox() as sandbox:\n    sandbox.fork().end()"


def _others_can_use_python() -> bool:
    """Whether a sandbox starts with this Python as another user: tried, not guessed."""
    user = str(NOBODY_IN_PARTICULAR)
    tried = subprocess.run(
        ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", sys.executable, "-c", START],
        check=False, capture_output=True,
    )  # fmt: skip
    return tried.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
