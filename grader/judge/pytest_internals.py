"""What the judge needs of pytest that has no public name; pyproject.toml bounds the versions in which it is known.

A test names each of them and says which one a new version of pytest has moved.
"""

from __future__ import annotations

import pytest

__all__ = ["fixture_count", "tear_down"]


def tear_down(session: pytest.Session, until: pytest.Item | None) -> None:
    """End all fixtures but those that the test ``until`` shares; with None, all of them."""
    session._setupstate.teardown_exact(until)


def fixture_count(name: str, item: pytest.Item) -> int:
    """How many fixtures of that name a test can see: more than one where some override others."""
    return len(item.session._fixturemanager.getfixturedefs(name, item) or ())
