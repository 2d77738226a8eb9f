"""A graded folder on the command line: its gradebook, which problem set is meant, and keeping its scores up to date."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli.options import OLD_FOLDER, say

if TYPE_CHECKING:
    from grader.gradebook import Database, PsetScores

__all__ = [
    "GradedFolder",
    "by_option",
    "folder_argument",
    "late_days_elsewhere",
    "pset_option",
    "why_option",
    "with_gradebook",
]

Command = TypeVar("Command", bound=Callable[..., Any])


class GradedFolder:
    """The folder that `gradmark grade` wrote, and its gradebook, which is opened when it is first asked for.

    Args:
        folder: DIR.
        db: The gradebook's URL; by default a file in the folder.
        pset: The problem set, if one was named.
    """

    def __init__(self, folder: Path, db: str | None, pset: str | None) -> None:
        self.folder, self._db, self._named = folder, db, pset

    @cached_property
    def database(self) -> Database:
        """The gradebook; it is an error if grading has not made it yet."""
        from grader.errors import GradmarkError
        from grader.gradebook import open_gradebook

        if self._db is None and not (self.folder / "gradebook.db").is_file():
            raise GradmarkError(
                f"{self.folder} holds no gradebook.db; run gradmark grade --out {self.folder}, or give --db"
            )
        return open_gradebook(self._db or self.folder / "gradebook.db", new=False)

    @cached_property
    def pset(self) -> str:
        """The problem set: the one named, the gradebook's only one, or that of the folder's results."""
        from grader.errors import GradmarkError
        from grader.gradebook import pset_names
        from grader.report import GradedFolder

        names = pset_names(self.database)
        if self._named is not None or len(names) == 1:
            return self._named or names[0]
        found = GradedFolder(self.folder).pset
        if found in names:
            return found
        if not names:
            raise GradmarkError("the gradebook holds no problem set yet; run gradmark grade first")
        raise GradmarkError(f"the gradebook holds {', '.join(names)}; choose one with --pset")

    def scores(self, count: Any = None) -> PsetScores:
        """Everyone's points."""
        from grader.gradebook import scores_of

        return scores_of(self.database, self.pset, count)

    def keep_up(self, *, results: bool = False) -> None:
        """Write what was just decided to scores.csv and, with ``results``, to results/, but not to any page."""
        from grader.report import GradedFolder, write_folder, write_scores

        graded, scores = GradedFolder(self.folder), self.scores()
        if graded.pset == self.pset:
            if results:
                write_folder(self.database, graded, self.pset, datetime.now(UTC), pages=False)
            else:
                write_scores(graded, scores)
        if scores.later:
            say(late_days_elsewhere(scores.later), err=True)

    def close(self) -> None:
        if "database" in self.__dict__:
            self.database.dispose()


def late_days_elsewhere(later: Sequence[str]) -> str:
    """What to do about problem sets whose share of the late days may have changed."""
    return (
        f"Late days count over the whole course: also run gradmark report on the folders of {', '.join(later)}, which "
        "are due later."
    )


def folder_argument(command: Command) -> Command:
    """``DIR`` as `gradmark grade` wrote it, for `with_gradebook`."""
    return click.argument("folder", metavar="DIR", type=OLD_FOLDER)(command)


def pset_option(command: Command) -> Command:
    """``--pset NAME``, for `with_gradebook`."""
    return click.option(
        "--pset", metavar="NAME", help="Which problem set, if the gradebook has several. Default: DIR's."
    )(command)


def with_gradebook(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--db URL``; all of it is passed as ``graded: GradedFolder``."""

    @click.option(
        "--db",
        metavar="URL",
        help="The gradebook: a file, or postgresql://host/course. Default: DIR/gradebook.db.",
    )
    @functools.wraps(command)
    def run(folder: Path, db: str | None, pset: str | None = None, **given: Any) -> Any:
        graded = GradedFolder(folder, db, pset)
        try:
            return command(graded, **given)
        finally:
            graded.close()

    return run


def by_option(command: Command) -> Command:
    """``--by NAME``, passed as ``by: str``."""

    def decider(_ctx: click.Context, _param: click.Parameter, name: str | None) -> str:
        from grader.gradebook import whoami

        return name or whoami()

    return click.option(
        "--by", metavar="NAME", callback=decider, help="Who decides. Default: whoever is logged in."
    )(command)


def why_option(command: Command) -> Command:
    """``--why TEXT``, passed as ``why: str``."""
    return click.option("--why", required=True, metavar="TEXT", help="The reason.")(command)
