"""Show what grading a large class takes and survives, as tables.

python -m tools.large_class [--count 5000] [--kills 20] [--workers 3] [--keep DIR]

One made-up class, whose truth is known, is graded by the command that a TA types: undisturbed on two worker
processes, with the memory of every process printed; killed with `kill -9`, the whole process group, at random moments
and started again until it is done; and on a Dask cluster of several worker processes of which one is killed. Each way
must give the same bytes in every result, times apart, the same scores.csv and the same gradebook, and nothing that was
killed may leave a process or half a file. Besides, every export's layout must come back through its intake, and every
verdict must be the truth's. The exit code is 1 where something of this does not hold.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import msgspec
import psutil

from grader.encoding import decode_exact
from grader.intake import load_roster, take_in
from grader.pset import load_problem_set
from grader.results import StudentIdentity
from grader.simulate import LAYOUTS, Classroom, Handin, write_class
from tools.contents import Contents
from tools.processes import Clock, Memory, machine, started

COURSE = Path(__file__).resolve().parents[1]
JOBS = 2
FLAT_MB = 10.0
"""How much a process may grow from the first quarter of a class to its end and still be called flat."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Show what grading a large class takes and survives.")
    parser.add_argument("--count", type=int, default=5000, help="submissions (default: 5000)")
    parser.add_argument("--pset", default="ps1", help="problem set (default: ps1)")
    parser.add_argument("--seed", type=int, default=1, help="of the class, and of when to kill")
    parser.add_argument(
        "--kills", type=int, default=20, help="how often a run is killed (default: 20; 0: not at all)"
    )
    parser.add_argument("--workers", type=int, default=3, help="of the cluster; one is killed (default: 3)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this folder and leave it")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="large-class-")))
        return Show(options, folder.resolve()).all()


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


@dataclass
class Show:
    """The class, and what did not hold."""

    options: argparse.Namespace
    folder: Path
    wrong: list[str] = field(default_factory=list)
    start_seconds: float = 0.0
    """From the command to the first result."""
    end_seconds: float = 0.0
    """From the last result to the command's end."""

    def all(self) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        what = f"{self.options.count} submissions of {self.options.pset}, seed {self.options.seed}"
        say(f"{date.today()}: {what}", machine())
        self.simulate()
        undisturbed = self.undisturbed()
        if self.options.kills:
            self.killed(undisturbed)
        self.cluster(undisturbed)
        self.layouts()
        say("", *([f"DOES NOT HOLD: {sentence}" for sentence in self.wrong] or ["Everything holds."]))
        return 1 if self.wrong else 0

    def holds(self, true: bool, sentence: str) -> None:
        """Print a statement with whether it holds."""
        say(f"  {'yes' if true else 'NO '}  {sentence}")
        if not true:
            self.wrong.append(sentence)

    def simulate(self) -> None:
        options = self.options
        shutil.rmtree(self.folder / "class", ignore_errors=True)
        with Clock() as clock:
            done = subprocess.run(
                gradmark(
                    "simulate", options.pset, "--count", options.count, "--seed", options.seed,
                    "--layout", "gradescope", "--out", self.folder / "class",
                ),
                capture_output=True, text=True, check=True,
            )  # fmt: skip
        say(f"Made in {clock}: {done.stdout.splitlines()[0].partition(': ')[2]}")

    def grade(self, out: Path, *more: object) -> list[str]:
        where, roster = self.folder / "class" / "assignment_4242_export", self.folder / "class" / "roster.csv"
        return gradmark("grade", self.options.pset, where, "--roster", roster, "--out", out, *more)

    # Undisturbed ----------------------------------------------------------------------------------------------

    def undisturbed(self) -> Contents:
        """Grade the class, printing what memory each process takes as it goes on."""
        out, count = fresh(self.folder / "undisturbed"), self.options.count
        say(
            "",
            f"Undisturbed, {JOBS} worker processes; memory in MB, the sandboxes' shared pages counted once",
        )
        say("   graded    time  a second   parent        workers  sandboxes")
        taken: list[Memory] = []
        marks: dict[str, float] = {}
        with Clock() as clock, started(self.grade(out, "--jobs", JOBS), self.folder / "log") as process:
            shown, shown_at = 0, 0.0
            while process.poll() is None:
                time.sleep(0.5)
                done = graded(out)
                marks.setdefault("first" if done else "none", clock.seconds)
                if done < count and (memory := Memory.of(process.pid, done)):
                    taken.append(memory)
                    if done >= shown + count / 20:
                        rate = (done - shown) / (clock.seconds - shown_at)
                        say(f"{done:9}{clock:>8}{rate:10.1f}{memory}")
                        shown, shown_at = done, clock.seconds
                if done == count:
                    marks.setdefault("last", clock.seconds)
        self.start_seconds = marks.get("first", 0.0)
        last = marks.get("last", clock.seconds)
        self.end_seconds = clock.seconds - last
        grading = last - self.start_seconds
        say(
            f"{graded(out):9}{clock:>8}  of which {self.start_seconds:.0f} s until the first result, {grading:.0f} s "
            f"grading ({count / max(grading, 0.1):.1f} a second), {self.end_seconds:.0f} s gradebook and pages"
        )
        early = [memory for memory in taken if count / 8 <= memory.done < count / 4]
        late = [memory for memory in taken if memory.done >= count * 7 / 8]
        if early and late:
            for who in ("parent", "workers"):
                before, after = (max(max(getattr(m, who)) for m in some) for some in (early, late))
                self.holds(
                    after - before < FLAT_MB,
                    f"memory is flat: the largest of {who} had at most {before:.0f} MB in the second eighth of the "
                    f"class, {after:.0f} MB in the last",
                )
        check = subprocess.run(
            gradmark("simulate", "--check", self.folder / "class", out),
            capture_output=True,
            text=True,
            check=False,
        )
        said = " ".join(check.stdout.splitlines()[:2])
        self.holds(check.returncode == 0 and graded(out) == count, f"every verdict is the truth's: {said}")
        return Contents.of(out)

    # Killed ---------------------------------------------------------------------------------------------------

    def killed(self, undisturbed: Contents) -> None:
        """Kill the run at random moments, start it again each time, and compare what comes of it in the end."""
        out, kills = fresh(self.folder / "killed"), 0
        say("", "Killed with kill -9, the whole process group, and started again")
        say("  kill   after  results before  and then")
        command = self.grade(out, "--jobs", JOBS, "--no-feedback")
        broken: list[str] = []
        survivors: list[psutil.Process] = []
        with Clock() as all_in_all:
            for results, seconds in self._moments():
                before = graded(out)
                with Clock() as clock, started(command, self.folder / "log") as process:
                    while process.poll() is None and graded(out) < results:
                        time.sleep(0.02)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(seconds)
                    if process.poll() is None:
                        kills += 1
                        family = psutil.Process(process.pid).children(recursive=True)
                        os.killpg(process.pid, signal.SIGKILL)
                        process.wait()
                        survivors += psutil.wait_procs(family, timeout=10)[1]
                        say(f"{kills:6}{clock:>8}{before:16}{graded(out):10}")
                broken += unreadable(out)
            with started(command, self.folder / "log") as process:
                process.wait()
        say(f"  done{all_in_all:>8}{'':16}{graded(out):10}")
        self.holds(kills == self.options.kills, f"it was killed {kills} times")
        self.holds(not survivors, f"no process outlived it by 10 seconds ({len(survivors)} did)")
        self.holds(not broken, f"no result was ever there in half ({len(broken)} were)")
        halves = [path for path in out.rglob("*") if path.suffix == ".part"]
        self.holds(not halves, f"nothing half-written is left ({len(halves)} files are)")
        self._same(undisturbed, Contents.of(out))

    def _moments(self) -> Iterator[tuple[int, float]]:
        """When to kill: so many seconds after there are so many results.

        One in seven while the run starts, one in seven after the last result, the others anywhere between.
        """
        rng = random.Random(self.options.seed)
        kills, count = self.options.kills, self.options.count
        some = kills // 7
        between = sorted(rng.randrange(count) for _ in range(kills - 2 * some))
        moments = [(results, rng.uniform(0, 1)) for results in between]
        for _ in range(some):
            moments.insert(rng.randrange(len(moments)), (0, rng.uniform(0, self.start_seconds)))
        yield from moments
        yield from ((count, rng.uniform(0, 2)) for _ in range(some))

    # On a cluster ---------------------------------------------------------------------------------------------

    def cluster(self, undisturbed: Contents) -> None:
        """Grade the class on a Dask cluster of real processes, of which one is killed on the way."""
        out, options = fresh(self.folder / "cluster"), self.options
        rng = random.Random(options.seed)
        say("", f"On a Dask cluster of {options.workers} worker processes, one of them killed with kill -9")
        known = self.folder / "scheduler.json"
        known.unlink(missing_ok=True)
        dask = [sys.executable, "-m", "dask"]
        with contextlib.ExitStack() as stack:
            scheduler = [
                *dask,
                "scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--scheduler-file",
                str(known),
            ]
            stack.enter_context(started([*scheduler, "--no-dashboard"], self.folder / "scheduler.log"))
            while not known.exists():
                time.sleep(0.1)
            worker = [
                *dask,
                "worker",
                "--scheduler-file",
                str(known),
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
            ]
            where = ["--local-directory", str(self.folder)]
            workers = [
                stack.enter_context(started([*worker, *where], self.folder / f"worker{number}.log"))
                for number in range(options.workers)
            ]
            address = json.loads(known.read_text())["address"]
            wait_for_workers(address, options.workers)
            victim, moment = rng.choice(workers), rng.randrange(options.count // 5, options.count * 4 // 5)
            command = self.grade(out, "--cluster", address, "--no-feedback")
            with Clock() as clock, started(command, self.folder / "log") as process:
                while process.poll() is None and graded(out) < moment:
                    time.sleep(0.02)
                victim.kill()
                say(
                    f"  worker {workers.index(victim) + 1} killed after {clock}, with {graded(out)} results there"
                )
                process.wait()
            say(f"  {graded(out)} results in {clock}")
        self._same(undisturbed, Contents.of(out))

    def _same(self, undisturbed: Contents, other: Contents) -> None:
        for what, here, there in (
            ("result", undisturbed.results, other.results),
            ("line of scores.csv", undisturbed.scores, other.scores),
            ("submission in the gradebook", undisturbed.recorded, other.recorded),
        ):
            different = sorted(
                name for name in here.keys() | there.keys() if here.get(name) != there.get(name)
            )
            sentence = f"every {what} is the same as undisturbed: {len(here)}, {len(different)} different"
            self.holds(bool(here) and not different, ": ".join([sentence, *different[:5]]))

    # Layouts --------------------------------------------------------------------------------------------------

    def layouts(self) -> None:
        """Write the class as each system exports it, as a folder and zipped, and take it in again."""
        say("", "The same class in the layout of each system's export, taken in again")
        problem_set = load_problem_set(COURSE / "psets" / self.options.pset)
        classroom = Classroom(problem_set)
        handins = list(classroom.draw(self.options.count, self.options.seed))
        classroom.close()
        roster = load_roster(self.folder / "class" / "roster.csv")
        for layout in LAYOUTS:
            for archive in ("", "zip"):
                with Clock() as clock, tempfile.TemporaryDirectory(dir=self.folder) as folder:
                    path = write_class(handins, problem_set.name, layout, Path(folder), archive=archive)
                    intake = take_in([path], problem_set.name, roster=roster)
                    came = {
                        one.students[0].id: (one.students, one.read(), one.submitted)
                        for one in intake.found
                        if one.students
                    }
                lost = [handin for handin in handins if not came_back(handin, layout, came)]
                self.holds(
                    not lost and len(intake.found) == len(handins),
                    f"{layout}{' ' + archive if archive else ''}: {len(handins) - len(lost)} of {len(handins)} "
                    f"came back ({clock})",
                )


Came = tuple[tuple[StudentIdentity, ...], dict[str, bytes], datetime | None]


def came_back(handin: Handin, layout: str, came: dict[str, Came]) -> bool:
    """Whether the last attempt came back, byte for byte, with what else the layout tells of it."""
    last = handin.attempts[-1]
    students, files, submitted = came.get(handin.people[0].id, ((), {}, None))
    contents = list(files.values())
    if layout == "otter":
        archives = [zipfile.ZipFile(io.BytesIO(content)) for content in contents]
        contents = [archive.read(name) for archive in archives for name in archive.namelist()]
    return (
        last.content in contents
        and (layout != "gradescope" or [one.id for one in students] == [one.id for one in handin.people])
        and (layout not in ("gradescope", "nbgrader") or submitted == last.submitted)
    )


def gradmark(*arguments: object) -> list[str]:
    """A command line."""
    return [sys.executable, "-m", "grader.cli", *map(str, arguments)]


def fresh(folder: Path) -> Path:
    """The folder, of which nothing is there yet."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def graded(out: Path) -> int:
    """How many results there are."""
    try:
        return sum(name.endswith(".json") for name in os.listdir(out / "results"))
    except FileNotFoundError:
        return 0


def unreadable(out: Path) -> list[str]:
    """Results that are no whole result."""
    broken = []
    for path in (out / "results").glob("*.json"):
        try:
            decode_exact(path.read_bytes())
        except msgspec.MsgspecError:
            broken.append(path.name)
    return broken


def wait_for_workers(address: str, count: int) -> None:
    """Return when a scheduler has so many workers."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=120)


if __name__ == "__main__":
    sys.exit(main())
