"""The attacks there are, and what the heads of their files say about them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from grader.points import exact
from grader.pset import load_problem_set
from grader.pset.coursecheck import is_installed

__all__ = ["CORPUS", "PARTS", "WALLS", "Attack", "chosen", "concerned"]

CORPUS = Path(__file__).parent / "corpus"
PARTS = Path(__file__).parent / "parts"
ASKING = Path(__file__).resolve().parents[2] / "examples" / "asking"
DEFAULT_PSET = "ps1"
WALLS = {
    "landlock": {"files", "network", "processes"},
    "bubblewrap": {"files", "network", "processes", "disk", "memory"},
    "user": {"files", "processes", "disk"},
    "cgroup": {"memory", "processes"},
}
"""What each layer keeps in that not every plan has; the others, such as seccomp, are in every plan."""
_HEAD = re.compile(r"^# (pset|tests|wall|earns|base|waits|with)(?:: (.+))?$", re.MULTILINE)
_BY_PREFIX = {"read": {"files", "processes"}, "break": set().union(*WALLS.values())}


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    path: Path
    says: str
    pset: str
    """The problem set that it is handed in for."""
    tests: tuple[str, ...]
    """Which tests it is to meet: those of the questions on these functions, or ``all``; a few if none is named."""
    wall: frozenset[str]
    """What it tries to get through that a plan may lack; it is tried under every plan that lacks some of it."""
    partial: bool
    """Whether it follows cells that answer a part of the questions rightly."""
    waits: bool
    """Whether all it does is to run into a time limit, so that a short one serves."""
    earns: Fraction
    part: str = ""
    """What of `PARTS` comes before its own code."""

    @property
    def name(self) -> str:
        return self.path.stem


def chosen(only: str = "") -> list[Attack]:
    """Attacks whose name or problem set holds ``only``, those of one problem set together.

    Those on a problem set whose libraries this Python lacks are left out, and standard error says so.
    """
    attacks = [_attack(path) for path in CORPUS.glob("*.py")]
    kept = [attack for attack in attacks if only in attack.name or only == attack.pset]
    for pset in sorted({attack.pset for attack in kept}):
        if lacking := _lacking(pset):
            print(f"NOT TRIED: attacks on {pset}, because {lacking} is not installed", file=sys.stderr)
            kept = [attack for attack in kept if attack.pset != pset]
    return sorted(kept, key=lambda attack: (attack.pset, attack.name))


@cache
def _lacking(pset: str) -> str:
    """The first library that a problem set of ``examples/asking`` preloads and that is not installed."""
    settings = ASKING / "psets" / pset / "pset.yaml"
    preload = load_problem_set(settings.parent).preload if settings.is_file() else ()
    return next((name for name in preload if not is_installed(name)), "")


def concerned(attacks: list[Attack], layers: list[str]) -> list[Attack]:
    """Those whose wall a plan of these layers changes: it lacks one that keeps in what they try to get at."""
    names = {layer.partition("-")[0] for layer in layers}
    open_now = set().union(*(what for layer, what in WALLS.items() if layer not in names))
    return [attack for attack in attacks if attack.wall & open_now]


def _attack(path: Path) -> Attack:
    text = path.read_text()
    head = dict(_HEAD.findall(text))
    return Attack(
        path=path,
        says=" ".join(_first_sentences(text)),
        pset=head.get("pset", DEFAULT_PSET),
        tests=tuple(head.get("tests", "").split()),
        wall=_wall(path, head.get("wall")),
        partial=head.get("base") == "partial",
        waits="waits" in head,
        earns=exact(head.get("earns", 0)),
        part=head.get("with", ""),
    )


def _first_sentences(text: str) -> Iterator[str]:
    """The comment at its very beginning, line by line."""
    for line in text.splitlines():
        if not line.startswith("# ") or line == "# %%" or _HEAD.match(line):
            return
        yield line.removeprefix("# ")


def _wall(path: Path, said: str | None) -> frozenset[str]:
    if said is None:
        return frozenset(_BY_PREFIX.get(path.stem.partition("_")[0], ()))
    wall = frozenset(said.replace("none", "").split())
    if unknown := wall - set().union(*WALLS.values()):
        raise ValueError(f"{path.name}: no layer is about {', '.join(sorted(unknown))}; see WALLS")
    return wall
