"""A template that is launched ahead of its first submission, and what becomes of one that does not get there."""

from __future__ import annotations

import os

import pytest

from grader.errors import SandboxError
from grader.sandbox.isolation.cgroup import real_pid
from grader.sandbox.outside import host
from grader.sandbox.outside.host import Sandbox
from tests.waiting import wait_until


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


def test_a_child_that_is_left_is_gone_with_its_files_before_the_next_one_is_there(sandbox):
    first = sandbox.fork()
    pid = real_pid(first._pidfd)
    first.leave()
    first.leave()
    second = sandbox.fork()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    if sandbox.scratch:
        assert len(os.listdir(sandbox.scratch)) == 1
    second.leave()
    sandbox.settle()
    if sandbox.scratch:
        assert os.listdir(sandbox.scratch) == []


def test_a_child_that_is_left_when_its_template_has_gone_is_gone_too(sandbox):
    child = sandbox.fork()
    pid = real_pid(child._pidfd)
    sandbox.close()
    child.leave()
    wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 10, what="the child had gone")
    assert sandbox.fork().end() is not None
