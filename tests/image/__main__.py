"""``make image-test``: build the image, look into it, grade in it as Docker would, and print what it came to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from grader.pset import ProblemSet
from tests.gradescope.schema import problems as schema_problems
from tests.gradescope.test_metadata import EXAMPLE
from tests.image import contents
from tests.image.classes import differences, gradescope_problems, mistaken_class, psets
from tests.image.engine import IMAGE, ROOT, Engine, command, engine, fail
from tests.install.conftest import own_files, repository
from tests.install.test_ta_guide import steps

MAX_SECONDS = 360
GRADMARK = Path(sys.executable).with_name("gradmark")
# As a course would run it, and as stricter hosts do: each with its options of `docker run`.
STRICT = ["--cap-drop", "ALL", "--read-only", "--read-only-tmpfs=false"]
RIGHTS = {
    "root": [],
    "root, no capabilities, read-only": STRICT,
    "user 4321, no capabilities, read-only": [*STRICT, "--user", "4321"],
}
GRADESCOPED = ("01-right", "03-softmax-over-examples", "09-syntax-error", "12-hostile")
"""Submissions of the demo class that are graded by Gradescope's own call too."""
TIMED = "ps2"
"""Its class of mistakes is graded outside too, and both are timed."""
ONE_IN = 12
"""Of its mistakes, unless every one is asked for: `make validate` grades them all, outside."""


class Table:
    """Steps with their times, and figures, printed as they come and once more at the end."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []
        self.started = time.monotonic()

    def add(self, what: str, figure: str) -> None:
        self.rows.append((what, figure))
        print(f"{time.monotonic() - self.started:6.1f} s  {what}: {figure}", flush=True)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.add(what, f"{time.monotonic() - started:.1f} s")


def main() -> None:
    table = Table()
    with engine() as docker:
        base, wheels = build(docker, table)
        look(docker, table)
        demo(docker, table)
        autograder(docker, table)
        rates(docker, table)
        for problem_set in psets():
            if problem_set.name == TIMED:
                continue
            if "--every" in sys.argv:
                mistakes(docker, table, problem_set)
            else:
                print(
                    f"NOT RUN here: the known mistakes of {problem_set.name} (make image-test EVERY=--every)"
                )
        uploaded(docker, table, base, wheels)
        guide(docker, table, base, wheels)
        attacks(docker, table)  # alone: its limits are short, and a busy machine is no attack
    seconds = time.monotonic() - table.started
    table.add("all of it", f"{seconds:.0f} s")
    print(f"\n{'what':58} figure")
    print("\n".join(f"{what:58} {figure}" for what, figure in table.rows))
    if seconds > MAX_SECONDS:
        print(f"NOTE: that is more than the {MAX_SECONDS} s that two free processors are allowed")


def build(docker: Engine, table: Table) -> tuple[str, Path]:
    """The base's name and the folder with the packages, from which the image was built."""
    started = time.monotonic()
    base, origin = docker.base()
    table.add(f"base image, by {origin}", f"{time.monotonic() - started:.1f} s")
    with table.step("packages downloaded"):
        wheels = docker.wheels()
    with table.step("build time"):
        docker.build(base, wheels)
    return base, wheels


def look(docker: Engine, table: Table) -> None:
    saved = contents.layers(docker)
    found = list(contents.problems(docker, saved))
    if found:
        fail("the image is not as it should be: " + "; ".join(found))
    size = json.loads(command(*docker.podman, "image", "inspect", IMAGE))[0]["Size"] / 1e6
    table.add("image size", f"{size:.0f} MB in {len(saved)} layers")
    for name, options in RIGHTS.items():
        layers = json.loads(docker.run("doctor", "--json", options=options))["layers"]
        table.add(f"doctor as {name}", ", ".join(one["name"] for one in layers if one["active"]))
    started = time.monotonic()
    for _ in range(3):
        docker.run("--version")
    table.add("start-up", f"{(time.monotonic() - started) / 3:.2f} s")


def demo(docker: Engine, table: Table) -> None:
    """The demonstration class, under the widest and the narrowest rights or under each, and the same outside."""
    folder = docker.folder / "demo"
    command(GRADMARK, "build", "ps1", "--out", folder / "built", cwd=ROOT)
    command(
        sys.executable, "tools/demo_class.py", folder / "built/student/ps1.ipynb", folder / "class", cwd=ROOT
    )
    with table.step("demo class outside"):
        command(GRADMARK, "grade", "ps1", folder / "class", "--out", folder / "outside", cwd=ROOT)

    def inside(name: str) -> None:
        out = _writable(folder / f"inside-{list(RIGHTS).index(name)}")
        with table.step(f"demo class as {name}"):
            docker.run(
                "grade", "ps1", "/submissions", "--out", "/out",
                options=[*RIGHTS[name], "-v", f"{folder / 'class'}:/submissions:ro", "-v", f"{out}:/out"],
            )  # fmt: skip
        _same(out, folder / "outside", f"the demo class as {name}")

    first, middle, strictest = RIGHTS
    others = [middle, strictest] if "--every" in sys.argv else [strictest]
    if middle not in others:
        print(f"NOT RUN here: the demonstration class as {middle} (make image-test EVERY=--every)")
    inside(first)
    with ThreadPoolExecutor() as pool:  # most of this class's time is spent waiting for loops without an end
        list(pool.map(inside, others))
    table.add("demo class inside and outside", "same bytes")


def autograder(docker: Engine, table: Table) -> None:
    """Gradescope's own call, on submissions of the demo class and on nothing at all."""
    seconds = []
    for name in (*GRADESCOPED, "nothing"):
        folder, mounts = _laid_out(docker, "image", name)
        started = time.monotonic()
        docker.run("/autograder/run_autograder", options=mounts)
        seconds.append(time.monotonic() - started)
        _as_graded(docker, folder, name)
    table.add("one submission by run_autograder", f"{min(seconds):.1f} to {max(seconds):.1f} s")


def uploaded(docker: Engine, table: Table, base: str, wheels: Path) -> None:
    """The zip that a course uploads: set up in a bare base, it gives the same score."""
    source = docker.folder / "uploaded"
    with zipfile.ZipFile(docker.folder / "demo" / "built" / "ps1-gradescope.zip") as archive:
        archive.extractall(source)
    name = GRADESCOPED[1]
    folder, mounts = _laid_out(docker, "zip", name)
    with table.step("an uploaded zip: setup.sh and one submission"):
        script = "bash /autograder/source/setup.sh && sh /autograder/source/run_autograder"
        docker.upload(base, wheels, source, "bash", "-c", script, options=mounts)
    _as_graded(docker, folder, name)


def guide(docker: Engine, table: Table, base: str, wheels: Path) -> None:
    """The TA guide from its first line to its last, in a bare base: it says how gradmark gets onto an empty machine."""
    course = repository(own_files(), ROOT, docker.folder / "course")
    system, install, enter, *day = steps()
    script = "\n".join(["set -euo pipefail; cd ~", system, install, enter, *day])
    with table.step("the TA guide on an empty machine"):
        said = docker.upload(base, wheels, course, "env", "COURSE=/autograder/source", "bash", "-c", script)
    if "12 submissions: 12 graded now" not in said:
        fail(f"the TA guide's steps did not grade the class: {said[-2000:]}")


def _laid_out(docker: Engine, way: str, name: str) -> tuple[Path, list[str]]:
    """A submission of the demo class where Gradescope would put it, and the options that mount it there."""
    folder = docker.folder / "autograder" / way / name
    (folder / "submission").mkdir(parents=True)
    results = _writable(folder / "results")
    if name != "nothing":
        shutil.copy(docker.folder / "demo" / "class" / f"{name}.ipynb", folder / "submission" / "ps1.ipynb")
    about = EXAMPLE | {"assignment": {"title": "Problem Set 1"}, "previous_submissions": []}
    (folder / "metadata.json").write_text(json.dumps(about))
    return folder, [
        "-v", f"{folder / 'submission'}:/autograder/submission:ro",
        "-v", f"{folder / 'metadata.json'}:/autograder/submission_metadata.json:ro",
        "-v", f"{results}:/autograder/results",
    ]  # fmt: skip


def _as_graded(docker: Engine, folder: Path, name: str) -> None:
    """results.json is valid, no fault of ours, and has the score that `gradmark grade` gave outside."""
    content = (folder / "results" / "results.json").read_bytes()
    if found := schema_problems(content):
        fail(f"results.json of {name} is not what Gradescope reads: {found}")
    results = json.loads(content)
    outside = docker.folder / "demo" / "outside" / "results" / f"{name}.json"
    expected = json.loads(outside.read_bytes()) if outside.exists() else {"score": 0.0, "status": "rejected"}
    if (results["score"], results["extra_data"]["gradmark"]["status"]) != (
        expected["score"],
        expected["status"],
    ):
        fail(f"Gradescope's call graded {name} otherwise than outside: {content.decode()[:2000]}")


def rates(docker: Engine, table: Table) -> None:
    """One class, inside and outside, with nothing else running."""
    problem_set = next(one for one in psets() if one.name == TIMED)
    one_in = 1 if "--every" in sys.argv else ONE_IN
    if one_in > 1:
        print(
            f"NOT RUN here: {one_in - 1} of every {one_in} known mistakes of {TIMED} (make image-test EVERY=--every)"
        )
    count, seconds = mistakes(docker, table, problem_set, one_in)
    folder = docker.folder / "mistakes" / TIMED
    started = time.monotonic()
    command(GRADMARK, "grade", TIMED, folder / "class", "--out", folder / "outside", cwd=ROOT)
    outside = time.monotonic() - started
    table.add("submissions a second, inside and outside", f"{count / seconds:.1f} and {count / outside:.1f}")
    _same(folder / "inside", folder / "outside", f"the mistakes of {TIMED}")


def mistakes(docker: Engine, table: Table, problem_set: ProblemSet, one_in: int = 1) -> tuple[int, float]:
    """Grade every known mistake, or one in so many; the results obey Gradescope's specification.

    Returns:
        How many were graded, and in how many seconds.
    """
    folder = docker.folder / "mistakes" / problem_set.name
    count = mistaken_class(problem_set, folder / "class", one_in)
    inside = _writable(folder / "inside")
    started = time.monotonic()
    docker.run(
        "grade", problem_set.name, "/submissions", "--out", "/out",
        options=["-v", f"{folder / 'class'}:/submissions:ro", "-v", f"{inside}:/out"],
    )  # fmt: skip
    seconds = time.monotonic() - started
    if found := list(gradescope_problems(problem_set, inside)):
        fail("results are not what Gradescope reads: " + "; ".join(found[:5]))
    table.add(f"known mistakes of {problem_set.name}, as results.json", f"{count} valid")
    return count, seconds


def attacks(docker: Engine, table: Table) -> None:
    """The hostile corpus, under what Docker gives; the image holds none of what is mounted."""
    mounted = [f"{ROOT / name}:/autograder/source/{name}:ro" for name in ("tests", "examples")]
    options = ["--memory", "4g", *(word for volume in mounted for word in ("-v", volume))]
    words = ["/opt/gradmark/bin/python", "-m", "tests.attacks.run", "--best", "--label", "Docker root"]
    if "--every" not in sys.argv:
        words.append("--walls")
        print(
            "NOT RUN here: attacks on what is the same everywhere, tried by make attacks (EVERY=--every: here too)"
        )
    started = time.monotonic()
    # What was not contained is said on standard error, one sentence each.
    process = subprocess.run([*docker.start(options), *words], stdout=subprocess.PIPE, text=True, timeout=900)
    if process.returncode:
        fail(f"attacks were not contained in the image:\n{process.stdout}")
    table.add("attacks inside", f"{time.monotonic() - started:.0f} s, {' '.join(process.stdout.split())}")


def _writable(folder: Path) -> Path:
    """A folder that any user may write in, as a mount is that a container's user owns."""
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    return folder


def _same(inside: Path, outside: Path, what: str) -> None:
    if found := differences(inside, outside):
        fail(f"{what} was graded otherwise inside than outside: {', '.join(found[:10])}")


if __name__ == "__main__":
    main()
