"""The gradebook in PostgreSQL: all that it does in SQLite, and equal to it."""

from __future__ import annotations

import pytest

from grader.gradebook import open_gradebook
from tests.gradebook import scenario


@pytest.fixture
def engine(url):
    engine = open_gradebook(url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("one", scenario.SCENARIOS, ids=lambda one: one.__name__)
def test_in_postgresql(one, engine, tmp_path):
    assert engine.dialect.name == "postgresql"
    one(engine, tmp_path)


def test_two_writers_at_once(url, tmp_path):
    scenario.two_writers_at_once(lambda: open_gradebook(url), tmp_path)


def test_an_older_gradebook_goes_on(url, tmp_path):
    scenario.an_older_gradebook_goes_on(lambda: open_gradebook(url), tmp_path)


def test_the_migrations_end_where_the_models_are(engine):
    scenario.the_schema_is_what_the_models_say(engine)


def test_sqlite_and_postgresql_give_equal_gradebooks(engine, tmp_path):
    sqlite = open_gradebook(tmp_path / "gradebook.db")
    here, there = (scenario.everything(one, tmp_path) for one in (sqlite, engine))
    sqlite.dispose()
    assert "s7" in here
    assert here == there
