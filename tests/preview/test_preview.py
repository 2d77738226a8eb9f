"""A preview shows what is saved, and is served to this machine alone."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time

import pytest

from grader.preview.serve import server
from grader.preview.state import State
from grader.scaffold import new_course
from tests.commands import heed_ctrl_c

PATIENCE = 240.0


@pytest.fixture
def served(tmp_path):
    state = State(pset="ps1", doing="")
    running = server(0, state, tmp_path)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running, state, tmp_path
    running.shutdown()
    running.server_close()


def get(port, path, host="127.0.0.1"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    return connection.getresponse()


def test_pages_are_served_and_nothing_else(served):
    running, _, pages = served
    port = running.server_port
    assert b"gradmark preview" in get(port, "/").read()
    assert b"Not built yet" in get(port, "/student.html?0").read()
    (pages / "student.html").write_text("<p>the handout</p>")
    assert get(port, "/student.html?1").read() == b"<p>the handout</p>"
    for path in ("/student.html.new", "/../student.html", "/psets", "/etc/passwd"):
        assert get(port, path).status == 404
    assert running.server_address[0] == "127.0.0.1"


def test_a_name_of_another_site_that_points_here_is_refused(served):
    port = served[0].server_port
    assert get(port, "/solved.html", host="course.example").status == 403
    assert get(port, "/solved.html", host="localhost").status == 200


def test_a_change_reaches_whoever_listens(served):
    running, state, _ = served
    answer = get(running.server_port, "/events")
    first = json.loads(answer.readline().removeprefix(b"data: "))
    assert (first["pset"], first["doing"]) == ("ps1", "")
    answer.readline()
    state.set(doing="checking the files")
    second = json.loads(answer.readline().removeprefix(b"data: "))
    assert second["doing"] == "checking the files"
    assert second["version"] > first["version"]


class Previewed:
    """A preview as a program, and what it shows."""

    def __init__(self, course):
        command = [
            sys.executable,
            "-m",
            "grader.cli",
            "preview",
            "ps1",
            "--course",
            str(course),
            "--port",
            "0",
        ]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=heed_ctrl_c
        )
        address = self.process.stdout.readline().split()[0]
        self.port = int(address.rstrip("/").rpartition(":")[2])

    def until(self, holds):
        """The first state for which that is so."""
        deadline = time.monotonic() + PATIENCE
        answer = get(self.port, "/events")
        while time.monotonic() < deadline:
            line = answer.readline()
            if line.startswith(b"data: ") and holds(state := json.loads(line.removeprefix(b"data: "))):
                return state
        raise AssertionError("it took too long")


def test_what_is_saved_is_checked_built_run_and_validated(tmp_path):
    course = tmp_path / "course"
    new_course(course)
    preview = Previewed(course)
    try:
        first = preview.until(lambda state: state["ok"] is not None)
        assert first["ok"], first
        assert "16/16" in first["report"]
        assert b"Question 1: standardize columns" in get(preview.port, "/student.html").read()
        solved = get(preview.port, "/solved.html").read()
        assert b"image/png" in solved
        assert b"X.std(axis" not in get(preview.port, "/student.html").read()

        settings = course / "psets" / "ps1" / "pset.yaml"
        text = settings.read_text()
        settings.write_text(text.replace("points: 3", "points: 4"))
        second = preview.until(lambda state: state["ok"] is False)
        assert (
            "psets/ps1/pset.yaml:15: question 'q1' has 4 points but its tests add up to 3" in second["files"]
        )

        settings.write_text(text)
        third = preview.until(lambda state: state["ok"] is True)
        assert "skipped, because they passed before and have not changed: q1" in third["report"]
        preview.process.send_signal(signal.SIGINT)
        assert preview.process.wait(timeout=PATIENCE) == 0
    finally:
        preview.process.kill()
        preview.process.stdout.close()
