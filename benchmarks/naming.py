"""How often planted mistakes are named rightly: of every kind, on several seeds, as `gradmark validate` plants them.

python -m benchmarks.naming [--psets ps0,ps1] [--seeds 20] [--pairs 200] [--jobs 2]
... --write      also write the table into docs/naming.md
... --list       also list what was not named rightly
... --json FILE  keep the figures there; what it holds of other problem sets, measured alike, is shown as well
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from benchmarks.measure import table
from benchmarks.performance import fill
from grader.pset import load_problem_set
from grader.validate import Naming, naming_of
from tools.psets import ready

COURSE = Path(__file__).resolve().parents[1]
PAGE = COURSE / "docs" / "naming.md"
ALL = "all"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    everything = ",".join(folder.name for folder in ready(COURSE))
    parser.add_argument("--psets", default=everything, help="problem sets, separated by commas")
    parser.add_argument("--seeds", type=int, default=20, help="how often the tests' numbers are drawn")
    parser.add_argument("--pairs", type=int, default=200, help="pairs of each kind and problem set")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--most", type=int, help="plant no more than this of each kind and problem set")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    parser.add_argument("--list", action="store_true", help="list what was not named rightly")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="keep the figures there, beside other problem sets'"
    )
    given = parser.parse_args()
    how = {"seeds": given.seeds, "pairs": given.pairs, "most": given.most}
    found = kept_in(given.json, how) if given.json else {}
    for pset in filter(None, given.psets.split(",")):
        problem_set = load_problem_set(COURSE / "psets" / pset)
        found[pset] = naming_of(
            problem_set, seeds=given.seeds, pairs=given.pairs, workers=given.jobs, most=given.most
        )
        print(f"{pset}: {sum(one.trials for one in found[pset])} planted", file=sys.stderr, flush=True)
    found = dict(sorted(found.items()))
    if given.json:
        kept = {"how": how, "psets": msgspec.to_builtins(found)}
        given.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    drawn = "1 draw" if given.seeds == 1 else f"{given.seeds} draws"
    caption = (
        f"{date.today().isoformat()}; {drawn} of the tests' numbers; of two together a "
        f"sample of at most {given.pairs} for each kind and problem set, spread over these draws"
    )
    if given.most is not None:
        caption += f"; no more than {given.most} of each kind"
    text = f"{caption}\n\n{shown(found)}"
    print(text)
    if given.list:
        print("\n".join(["", *_not_right(found)]))
    if given.write:
        fill("naming", text, PAGE)


def kept_in(file: Path, how: Mapping[str, object]) -> dict[str, list[Naming]]:
    """What was measured before in the same way."""
    if not file.exists():
        return {}
    kept = json.loads(file.read_text(encoding="utf-8"))
    if kept["how"] != how:
        sys.exit(f"{file} was measured with {kept['how']}; choose another file, or the same numbers")
    return msgspec.convert(kept["psets"], dict[str, list[Naming]])


def shown(found: Mapping[str, Sequence[Naming]]) -> str:
    """A table in Markdown: a row for each problem set and kind, then one for each kind in all of them."""
    rows = [[pset, *_row([naming])] for pset, of_pset in found.items() for naming in of_pset]
    if len(found) > 1:
        kinds = dict.fromkeys(naming.kind for of_pset in found.values() for naming in of_pset)
        for kind in kinds:
            same = [one for of_pset in found.values() for one in of_pset if one.kind == kind]
            rows.append([ALL, *_row(same)])
    return table(
        ["problem set", "what", "planted", "named rightly", "silent", "in part", "wrong", "unseen"], rows
    )


def _row(of_kind: Sequence[Naming]) -> list[str]:
    def total(name: str) -> int:
        return sum(getattr(one, name) for one in of_kind)

    share = f"{total('right') / total('trials'):.1%}"
    return [
        of_kind[0].kind,
        str(total("trials")),
        share,
        *(str(total(n)) for n in ("silent", "part", "wrong", "unseen")),
    ]


def _not_right(found: Mapping[str, Iterable[Naming]]) -> Iterable[str]:
    for pset, of_pset in found.items():
        for naming in of_pset:
            for row in naming.confusions:
                counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(row.outcomes.items()))
                yield f"{pset}, {naming.kind}: {row.planted}: {counts}; named: {'; '.join(row.named) or 'nothing'}"


if __name__ == "__main__":
    main()
