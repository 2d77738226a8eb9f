"""A template that is launched ahead of its first submission, and what becomes of one that does not get there."""

from __future__ import annotations

import pytest

from grader.errors import SandboxError
from grader.sandbox import host
from grader.sandbox.host import Sandbox


@pytest.fixture
def sandbox():
    with Sandbox() as made:
        yield made


def test_launching_waits_for_nothing_and_the_first_submission_for_the_template(sandbox):
    sandbox.launch()
    template = sandbox._template
    assert not sandbox._ready
    sandbox.launch()
    process = sandbox.fork()
    assert sandbox._template is template, "one launch, however often it is asked for"
    assert process.end() is not None


def test_a_template_that_dies_before_it_is_ready_is_replaced(sandbox):
    sandbox.launch()
    sandbox._template.kill()
    sandbox._template.wait()
    assert sandbox.fork().end() is not None


def test_a_launch_that_fails_is_told_where_a_submission_needs_it(sandbox, monkeypatch):
    def none_left(*_, **__):
        raise BlockingIOError(11, "no more processes")

    monkeypatch.setattr(host.subprocess, "Popen", none_left)
    sandbox.launch()
    with pytest.raises(SandboxError, match=r"could not start a submission: .*no more processes"):
        sandbox.fork()
    monkeypatch.undo()
    assert sandbox.fork().end() is not None
