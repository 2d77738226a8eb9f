"""The gradebook in a SQLite file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import update

import grader.gradebook
from grader.errors import GradmarkError
from grader.gradebook import database, history_of, models, open_gradebook, scores_csv, scores_of
from grader.gradebook.attempts import attempts_of
from grader.gradebook.models import PsetRow
from grader.report import GradedFolder, write_folder
from tests.gradebook import scenario
from tests.gradebook.course import DUE, course, handed_in, record_results


@pytest.fixture
def engine(tmp_path):
    engine = open_gradebook(tmp_path / "gradebook.db")
    yield engine
    engine.dispose()


def test_the_public_names():
    assert grader.gradebook.__all__ == sorted(grader.gradebook.__all__)
    assert all(hasattr(grader.gradebook, name) for name in grader.gradebook.__all__)


@pytest.mark.parametrize("one", scenario.SCENARIOS, ids=lambda one: one.__name__)
def test_in_sqlite(one, engine, tmp_path):
    one(engine, tmp_path)


def test_two_writers_at_once(tmp_path):
    scenario.two_writers_at_once(lambda: open_gradebook(tmp_path / "g.db"), tmp_path)


def test_an_older_gradebook_goes_on(tmp_path):
    scenario.an_older_gradebook_goes_on(lambda: open_gradebook(tmp_path / "g.db"), tmp_path)


def test_the_migrations_end_where_the_models_are(engine, tmp_path):
    scenario.the_schema_is_what_the_models_say(engine)
    config = Config()
    config.set_main_option("script_location", f"{database.__file__.rpartition('/')[0]}/migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == database.REVISION
    assert set(models.APPEND_ONLY) <= set(models.Base.metadata.tables)


def test_a_gradebook_opened_again_has_what_was_in_it(engine, tmp_path):
    before = scenario.everything(engine, tmp_path)
    again = open_gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}")
    assert scores_csv(scores_of(again, "tiny")) in before
    again.dispose()


def test_a_gradebook_of_a_newer_gradmark_is_refused(engine, tmp_path):
    with sqlite3.connect(tmp_path / "gradebook.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(
        GradmarkError, match=r"was made by a newer gradmark \(its schema is 9999\); update gradmark"
    ):
        open_gradebook(tmp_path / "gradebook.db")


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("mysql://host/grades", "a gradebook cannot be kept in"),
        ("oracle+nonsense://host/grades", "a gradebook cannot be kept in a oracle+nonsense:// database"),
        ("/nowhere/at/all/g.db", "the gradebook sqlite:////nowhere/at/all/g.db cannot be opened"),
    ],
)
def test_what_is_no_gradebook_is_refused_in_one_sentence(where, sentence):
    with pytest.raises(GradmarkError) as raised:
        open_gradebook(where)
    assert sentence in str(raised.value)


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "text.db").write_text("not a database, but long enough to be looked at " * 30)
    with pytest.raises(GradmarkError, match="cannot be opened"):
        open_gradebook(tmp_path / "text.db")
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE students (id INTEGER)")
    with pytest.raises(GradmarkError, match="holds the tables of something else"):
        open_gradebook(tmp_path / "other.db")


def test_a_password_is_in_no_message():
    with pytest.raises(GradmarkError) as raised:
        open_gradebook("postgresql://ta:secret@127.0.0.1:1/grades")
    assert "secret" not in str(raised.value)
    assert "check that the server is running" in str(raised.value)


def test_readers_see_the_last_commit_and_wait_for_no_writer(engine, tmp_path):
    problem_set = course(tmp_path)
    record_results(engine, problem_set, [handed_in("ada", 1)])
    before = scores_csv(scores_of(engine, "tiny"))
    other = open_gradebook(tmp_path / "gradebook.db")  # as another process has it
    with database.transaction(engine) as connection:
        connection.execute(update(PsetRow).values(title="Not committed yet"))
        begun = time.monotonic()
        seen = scores_csv(scores_of(other, "tiny"))
        opened = open_gradebook(tmp_path / "gradebook.db")
        assert history_of(opened)
        write_folder(opened, GradedFolder(tmp_path), "tiny", DUE)
        took = time.monotonic() - begun
        opened.dispose()
    assert took < database.WAIT_SECONDS / 3
    assert seen == before == (tmp_path / "scores.csv").read_text()
    other.dispose()


def test_a_writer_waits_for_no_reader(engine, tmp_path):
    problem_set = course(tmp_path)
    record_results(engine, problem_set, [handed_in("ada", 1)])
    other = open_gradebook(tmp_path / "gradebook.db")
    with database.reading(other) as connection:
        attempts = attempts_of(connection, 1)
        record_results(engine, problem_set, [handed_in("bob", 2)])
        assert attempts_of(connection, 1) == attempts, "a reader sees one moment"
    assert [s.sid for s in scores_of(other, "tiny").students] == ["s1", "s2"]
    other.dispose()


RECORD = """
import sys
from pathlib import Path
from grader.gradebook import open_gradebook
from grader.pset import load_problem_set
from tests.gradebook.course import handed_in, record_results
folder = Path(sys.argv[1])
engine = open_gradebook(folder / "killed.db")
print("recording", flush=True)
record_results(engine, load_problem_set(folder / "psets" / "tiny"), [handed_in(f"s{n}", n, n % 4) for n in range(900)])
"""


def test_a_run_killed_while_recording_leaves_whole_results_and_the_next_one_adds_the_rest(engine, tmp_path):
    problem_set = course(tmp_path)
    batch = [handed_in(f"s{n}", n, n % 4) for n in range(900)]
    record_results(engine, problem_set, batch)
    for seconds in (0.1, 0.3, 0.7):
        process = subprocess.Popen([sys.executable, "-c", RECORD, str(tmp_path)], stdout=subprocess.PIPE)
        with process:
            assert process.stdout.readline() == b"recording\n"
            time.sleep(seconds)
            process.kill()
    again = open_gradebook(tmp_path / "killed.db")
    record_results(again, problem_set, batch)
    undisturbed, killed = (scores_csv(scores_of(one, "tiny")) for one in (engine, again))
    again.dispose()
    assert killed.count("\n") == 901
    assert killed == undisturbed
