"""``make hostile-class``: a crowd of hostile submissions in one batch with honest ones, who must not notice.

``python -m tests.attacks.crowd --count 1000``: every kind of attack in its share, each handed in for its own problem
set, five seconds for each submission, a batch for each problem set; between them a small honest class. The honest ones'
results are to be, to the byte, those of a batch without the others, but for the seconds that each test took.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.pset import load_problem_set
from tests.attacks.catalogue import Attack, chosen
from tests.attacks.making import files_of

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("reference", "psets")
CLOCK = 5
"""Seconds for a submission, in the copy of the course."""
SEED = 7
UNSTEADY = {"never ends", "hostile", "crashes", "unreadable"}
"""Kinds of made-up submissions that are not honest, or run into a clock."""
SECONDS_EACH = 4 * CLOCK + 10
"""Of one worker for one submission at most, on average: its clock, a second judge where one dies, a busy machine."""
SECONDS_TO_START = 120
MOST_TRUSTED_MB = 1_536
"""Of any process outside the sandbox: what a judge may take, and numpy, pytest and the suite."""
SAMPLE_SECONDS = 0.2
UNTRUSTED = ("grader.sandbox.inside", "bwrap")


def on_the_course() -> list[Attack]:
    """The attacks that are handed in for problem sets of this course, and not for those of the examples."""
    return [attack for attack in chosen() if (ROOT / "psets" / attack.pset).is_dir()]


def drawn(count: int) -> list[Attack]:
    """So many attacks on the course, every kind in its share; each comes again where there are more than attacks."""
    kinds: dict[str, list[Attack]] = defaultdict(list)
    for attack in on_the_course():
        kinds[_kind(attack)].append(attack)
    placed = []
    for of_one in kinds.values():
        random.Random(SEED).shuffle(of_one)
        placed += [((place + 0.5) / len(of_one), attack.name, attack) for place, attack in enumerate(of_one)]
    return list(itertools.islice(itertools.cycle(attack for *_, attack in sorted(placed)), count))


def _kind(attack: Attack) -> str:
    return attack.name.partition("_")[0]


class Crowd:
    """Hostile and honest submissions to one problem set, and what grading them came to."""

    def __init__(self, pset: str, attacks: list[Attack], honest: int, folder: Path) -> None:
        self.pset, self.folder = pset, folder
        self.course = folder / "course"
        self._copy_course()
        self.honest = self._honest_class(honest)
        self.hostile = self._hostile_class(attacks)

    def grade(self, jobs: int, *, alone: bool) -> tuple[dict[str, Any], float, int]:
        """Results by name, the seconds that it took, and the most memory of a trusted process, in MB."""
        submissions = self.folder / ("alone" if alone else "together")
        submissions.mkdir()
        for source in [self.folder / "honest", *([] if alone else [self.folder / "hostile"])]:
            for one in source.iterdir():
                _copy(one, submissions / one.name)
        out = self.folder / f"out-{submissions.name}"
        command = [
            sys.executable, "-m", "grader.cli", "grade", self.pset, str(submissions), "--out", str(out),
            "--course", str(self.course), "--jobs", str(jobs), "--no-feedback",
        ]  # fmt: skip
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        memory = _Memory(process.pid)
        said, _ = process.communicate()
        seconds, most_mb = time.monotonic() - started, memory.stop()
        if process.returncode not in (0, 1):  # 1 where some could not be graded
            raise RuntimeError(f"grading ended with {process.returncode}:\n{said[-3000:]}")
        results = {path.stem: json.loads(path.read_text()) for path in (out / "results").glob("*.json")}
        return results, seconds, most_mb

    def _copy_course(self) -> None:
        for part in PARTS:
            shutil.copytree(ROOT / part, self.course / part, ignore=shutil.ignore_patterns("__pycache__"))
        settings = self.course / "psets" / self.pset / "pset.yaml"
        text, count = re.subn(
            r"submission_seconds: \d+", f"submission_seconds: {CLOCK}", settings.read_text()
        )
        if count != 1:
            raise RuntimeError(f"{settings} does not say how many seconds a submission has")
        settings.write_text(text)

    def _honest_class(self, count: int) -> list[str]:
        """Names of honest submissions, whose content is as a class's may be."""
        made = self.folder / "made"
        command = [
            sys.executable, "-m", "grader.cli", "simulate", self.pset, "--count", str(3 * count),
            "--seed", str(SEED), "--out", str(made), "--course", str(self.course),
        ]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with (made / "truth.csv").open() as file:
            rows = [row for row in csv.DictReader(file) if row["kind"] not in UNSTEADY]
        chosen = [row["ids"] for row in rows if row["attempts"] == "1" and ";" not in row["ids"]][:count]
        if len(chosen) < count:
            raise RuntimeError(f"the made-up class of {self.pset} has no {count} steady submissions")
        (self.folder / "honest").mkdir()
        names = []
        for number, one in enumerate(chosen):
            names.append(f"{number * 1000 // count:03}-honest-{one}")
            (content,) = (made / "submissions").glob(f"{one}.*")
            _copy(content, self.folder / "honest" / f"{names[-1]}{content.suffix}")
        return names

    def _hostile_class(self, attacks: list[Attack]) -> dict[str, Attack]:
        problem_set = load_problem_set(self.course / "psets" / self.pset)
        names = [name for question in problem_set.questions[:2] for name in question.functions]
        partial = ["import numpy as np", *(
            next(cell for cell in problem_set.solution_cells() if f"def {name}(" in cell) for name in names
        )]  # fmt: skip
        here = dict.fromkeys(("COURSE", "SECRET_DIR"), self.course)
        places = {
            **here,
            "SECRET_FILE": self.course / "psets" / self.pset / "pset.yaml",
            "WORKER": os.getpid(),
        }
        made = {}
        for number, attack in enumerate(attacks):
            name = f"{number * 1000 // max(len(attacks), 1):03}-{number}-{attack.name}"
            files = files_of(attack, problem_set.starter_cells(), partial, places)
            folder = self.folder / "hostile" / name
            for path, content in files.items():
                # What is one file is handed in as one, under a name of its own.
                place = folder.with_name(name + Path(path).suffix) if len(files) == 1 else folder / path
                if "\0" not in path and place.resolve().is_relative_to(self.folder / "hostile"):
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(content)
            made[name] = attack
        (self.folder / "hostile").mkdir(exist_ok=True)
        return made


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


class _Memory:
    """The most memory that any process of a batch has had, but those in the sandbox."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most_mb, self._done = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._most_mb

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            for pid in _trusted(self._pid):
                self._most_mb = max(self._most_mb, _peak_mb(pid))


def _trusted(pid: int) -> list[int]:
    """A process and its descendants down to where the sandbox begins."""
    try:
        if any(word in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for word in UNTRUSTED):
            return []
        tasks = [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
        children = [
            int(child)
            for task in tasks
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _trusted(child))]


def _peak_mb(pid: int) -> int:
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) // 1024 if found else 0


def _steady(result: Any) -> str:
    """A result as bytes would be compared, without how long it took."""
    for question in result["questions"]:
        for test in question["tests"]:
            test["seconds"] = 0
    return json.dumps(result)


def _differing(one: Any, other: Any) -> Iterator[str]:
    """In what two results differ, as far as it can be said in a few words."""
    for key in ("status", "reason", "score"):
        if one[key] != other[key]:
            yield f"{key} {str(one[key])[:100]} and {str(other[key])[:100]}"
    for question, again in zip(one["questions"], other["questions"], strict=True):
        for test, same in zip(question["tests"], again["tests"], strict=False):
            if test != same:
                yield f"{test['name']} {test['status']} and {same['status']}"


def tried(
    pset: str, attacks: list[Attack], honest: int, jobs: int, table: dict[str, Counter[str]]
) -> list[str]:
    """Grade one problem set's crowd; what is wrong with it. The table gets each hostile submission's end, by kind."""
    with tempfile.TemporaryDirectory(prefix="gradmark-crowd-") as made:
        crowd = Crowd(pset, attacks, honest, Path(made))
        alone, *_ = crowd.grade(jobs, alone=True)
        together, seconds, most_mb = crowd.grade(jobs, alone=False)
    problems = []
    for name in crowd.honest:
        if name not in alone or name not in together:
            problems.append(f"{name} has no result")
        elif together[name]["status"] == "grader_error":
            problems.append(f"{name} ended as a grader error: {together[name]['reason']}")
        elif _steady(alone[name]) != _steady(together[name]):
            differing = ", ".join(_differing(alone[name], together[name]))
            problems.append(f"{name} has another result among hostile ones than among its like: {differing}")
    for name, attack in crowd.hostile.items():
        table[_kind(attack)][together[name]["status"] if name in together else "not found"] += 1
    most = SECONDS_TO_START + SECONDS_EACH * (len(attacks) + honest) / jobs
    if seconds > most:
        problems.append(f"the batch took {seconds:.0f} s, of {most:.0f}")
    if most_mb > MOST_TRUSTED_MB:
        problems.append(f"a trusted process took {most_mb} MB, of {MOST_TRUSTED_MB}")
    print(f"{pset}: {len(attacks):4} hostile and {honest} honest submissions in {seconds:.0f} s, {most_mb} MB at most",
          flush=True)  # fmt: skip
    return [f"{pset}: {problem}" for problem in problems]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000, help="hostile submissions")
    parser.add_argument("--honest", type=int, default=6, help="honest ones of each problem set")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--pset", help="one problem set's alone")
    given = parser.parse_args()
    by_pset: dict[str, list[Attack]] = defaultdict(list)
    for attack in drawn(given.count):
        by_pset[attack.pset].append(attack)
    problems: list[str] = []
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for pset in [given.pset] if given.pset else sorted(by_pset):
        problems += tried(pset, by_pset[pset], given.honest, given.jobs, table)
    for kind, statuses in sorted(table.items()):
        print(
            f"  {kind:8} {statuses.total():5}   "
            + ", ".join(f"{n} {how}" for how, n in statuses.most_common())
        )
    for problem in problems:
        print(f"NOT CONTAINED: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
