"""What has no public name in pytest: a version that moves one of these fails the test that is named after it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader.judge.pytest_internals import fixture_count

ROOT = Path(__file__).parents[2]
PRIVATE = re.compile(r"_setupstate|_fixturemanager|_fixtureinfo|_pytest\b|_request\b|_pyfuncitem")


@pytest.fixture
def twice():
    return 1


class TestOverride:
    @pytest.fixture
    def twice(self, twice):
        return 2 * twice

    def test_getfixturedefs_of_the_fixture_manager_counts_what_a_test_can_see(self, request, twice):
        assert hasattr(request.session, "_fixturemanager"), "pytest moved Session._fixturemanager"
        assert hasattr(request.session._fixturemanager, "getfixturedefs"), "pytest moved getfixturedefs"
        assert fixture_count("twice", request.node) == 2
        assert fixture_count("nobody_has_this", request.node) == 0


SUITE = """
import pytest
from grader.judge.pytest_internals import tear_down

log = []

@pytest.fixture(scope="module")
def opened():
    log.append("open")
    yield
    log.append("closed")

def test_one(request, opened):
    assert hasattr(request.session, "_setupstate"), "pytest moved Session._setupstate"
    assert hasattr(request.session._setupstate, "teardown_exact"), "pytest moved teardown_exact"

class Plugin:
    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session):
        one, two = session.items
        one.ihook.pytest_runtest_protocol(item=one, nextitem=two)
        tear_down(session, two)
        assert log == ["open"], "what the next test shares stays"
        tear_down(session, None)
        assert log == ["open", "closed"], "and ends at last"
        return (yield)

def test_two(opened):
    pass
"""


def test_teardown_exact_of_the_setup_state_ends_what_the_next_test_does_not_share(tmp_path):
    (tmp_path / "test_suite.py").write_text(SUITE)
    call = (
        "import sys; sys.path.insert(0, '.'); import pytest, test_suite; "
        "raise SystemExit(pytest.main(['-q', '-p', 'no:cacheprovider'], plugins=[test_suite.Plugin()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", call], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_other_module_of_the_package_uses_a_private_name_of_pytest():
    found = {
        file.name
        for file in (ROOT / "grader").rglob("*.py")
        if "import pytest" in (text := file.read_text(encoding="utf-8")) and PRIVATE.search(text)
    }
    assert found == {"pytest_internals.py"}


def test_the_version_of_pytest_is_bounded_from_above():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    (wanted,) = (line for line in extras["grade"] if re.match(r"pytest\b(?!-)", line))
    assert "<" in wanted, f"{wanted} has no upper bound, and a new pytest may move what is private"
