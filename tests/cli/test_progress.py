"""What a grading run says while it goes on."""

from __future__ import annotations

import pytest

from grader.cli.progress import BatchProgress


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when a test says so."""
    seconds = [100.0]
    monkeypatch.setattr("grader.cli.progress.time.monotonic", lambda: seconds[0])
    return seconds


def test_a_log_has_the_rate_of_late_and_the_time_left(clock, capsys):
    with BatchProgress(1000) as progress:
        for _ in range(800):  # kept from an earlier run, in no time
            progress.step()
        for _ in range(150):
            clock[0] += 0.2
            progress.step()
        for _ in range(50):
            progress.step()
    assert capsys.readouterr().err.splitlines() == [
        "graded 850 of 1000 (85.0 a second, 0:00:02 left)",
        "graded 900 of 1000 (5.0 a second, 0:00:20 left)",
        "graded 950 of 1000 (5.0 a second, 0:00:10 left)",
        "graded 1000 of 1000 in 0:00:30",
    ]


def test_a_terminal_has_a_bar_with_both(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with BatchProgress(40) as progress:
        for _ in range(20):
            progress.step()
        progress._bar.refresh()
    said = capsys.readouterr().err
    assert "20/40" in said
    assert "a second" in said
