"""A submission's life, and the ways in which it may end early."""

import os
import signal
import threading
import time

import pytest

from grader.errors import (
    SandboxError,
    StudentCrashed,
    StudentMissing,
    StudentTimeout,
    SubmissionRejected,
)
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session

from .conftest import LIMITS, SEND, call, notebook

# Cells ------------------------------------------------------------------------------------------------------


def test_cells_go_on_after_an_error_which_is_remembered(run):
    session = run("x = 1", "1/0", "y = 2", "def (:")
    assert session.variable("y") == 2
    assert session.report.errors == {
        1: "ZeroDivisionError: division by zero (line 1)",
        3: session.report.errors[3],
    }
    assert session.report.errors[3].startswith("SyntaxError")
    assert session.report.lines == [1, 1, 1, 1]


def test_a_cell_that_takes_too_long_is_stopped_and_what_it_defined_stays(run):
    session = run("x = 1\nwhile True: pass", "y = 2")
    assert session.report.errors == {0: "it was stopped after 2 seconds"}
    assert (session.variable("x"), session.variable("y")) == (1, 2)


def test_a_cell_that_will_not_stop_is_killed_and_left_out(run):
    session = run(
        "x = 1", "while True:\n    try:\n        while True: pass\n    except BaseException: pass", "y = 2"
    )
    assert list(session.report.errors) == [1]
    assert "2 seconds" in session.report.errors[1]
    assert (session.variable("x"), session.variable("y")) == (1, 2)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os; os._exit(0)", "ended the whole process"),
        ("import ctypes; ctypes.string_at(0)", "crashed the whole process (SIGSEGV)"),
        ("import os; os.abort()", "crashed the whole process (SIGABRT)"),
    ],
)
def test_a_cell_that_ends_the_process_is_left_out(run, code, says):
    session = run("x = 1", code, "y = 2")
    assert says in session.report.errors[1]
    assert session.variable("y") == 2


def test_a_notebook_that_cannot_be_run_to_its_end_says_why(run):
    with pytest.raises(StudentCrashed, match="did not run to its end: it ended the whole process"):
        run(*["import os; os._exit(1)"] * 6)


def test_a_submission_that_cannot_be_read_is_rejected_with_the_reason(sandbox):
    with (
        Session(sandbox, {"ps.ipynb": b"{"}, "ps", 1) as session,
        pytest.raises(SubmissionRejected, match="JSON"),
    ):
        session.load()


def test_file_names_that_are_no_text_and_names_without_end(sandbox):
    with Session(sandbox, {"ps.ipynb": notebook("x = 1"), "\udcff": b""}, "ps", 1) as session:
        session.load()
        assert session.variable("x") == 1
    files = {"ps.ipynb": notebook("x = 1"), **{f"{'y' * 4000}{i}": b"" for i in range(1200)}}
    with Session(sandbox, files, "ps", 1) as session, pytest.raises(SubmissionRejected, match="too large"):
        session.load()


def in_six_seconds(*cells):
    """A session with a submission that may take six seconds in all, and its sandbox to close."""
    limits = {name: getattr(LIMITS, name) for name in LIMITS.__struct_fields__} | {"submission_seconds": 6}
    sandbox = Sandbox(preload=["numpy"], limits=type(LIMITS)(**limits))
    return sandbox, Session(sandbox, {"ps.ipynb": notebook(*cells)}, "ps", 1)


def test_cells_leave_time_for_judging_what_is_defined():
    slow = ["import time\ntime.sleep(3)"] * 9
    sandbox, session = in_six_seconds("def f(): return 7", *slow, "def g(): return 8")
    with sandbox, session:
        report = session.load()
        assert report.notes.unrun in (2, 3)
        assert report.notes.lacking["g"] == 10
        assert (
            "your whole submission reached its time limit of 6 seconds" in report.errors[report.notes.unrun]
        )
        assert session.calls("f", [((), {})])[0].value == 7
        with pytest.raises(StudentMissing) as missing:
            session.calls("g", [((), {})])
        assert missing.value.cause.says.startswith("`g` is not defined, because the ")


def test_the_wall_clock_of_the_whole_submission_ends_it():
    endless = "def f():\n    while True: pass"
    sandbox, session = in_six_seconds(endless, *["import time\ntime.sleep(3)"] * 9)
    started = time.monotonic()
    with sandbox, session:
        session.load()
        with pytest.raises(StudentTimeout):
            session.calls("f", [((), {})])
        with pytest.raises(StudentTimeout, match="reached its time limit of 6 seconds"):
            session.calls("f", [((), {})])
    assert time.monotonic() - started < 30


# Limits, and their words ----------------------------------------------------------------------------------


def test_cells_after_one_that_used_up_all_memory_have_room_to_run(run):
    use_up = (
        "import numpy as np\nx, n = [], 1 << 24\n"
        "while n:\n    try: x.append(np.empty(n, 'u1'))\n    except MemoryError: n //= 2"
    )
    session = run(f"{use_up}\nx.append(bytearray(1 << 24))", "y = [0] * 100_000")
    assert "512 MB of memory" in session.report.errors[0]
    assert len(session.variable("y")) == 100_000


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import numpy\nnumpy.ones(10**9)", "512 MB of memory"),
        ("import numpy\nx = []\nwhile True: x.append(numpy.empty(1 << 21))", "512 MB of memory"),
        ("open('f', 'wb').write(bytes(9 << 20))", "a file may have 8 MB"),
        ("import subprocess\nsubprocess.run(['true'])", "cannot start programs or processes"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 1))", "the network"),
        ("input('name')", "input() was called"),
    ],
)  # fmt: skip
def test_what_a_student_reads_when_a_limit_is_hit_says_which_and_how_much(run, code, says):
    session = run("import os", code, "y = 2")
    assert says in session.report.errors[1]
    assert session.variable("y") == 2


def test_a_file_out_of_reach_is_called_so(run, sandbox):
    if not sandbox.plan.landlock:
        pytest.skip("without Landlock other layers hide files")
    assert "only files that were handed in" in run("open('/proc/self/status')").report.errors[0]


def test_all_files_together_are_bounded_and_the_student_is_told(run):
    session = run(
        "for i in range(12): open(f'f{i}', 'wb', 0).write(bytes(7 << 20))\nimport time\ntime.sleep(1)"
    )
    assert "32 MB" in session.report.errors[0]


def test_threads_are_bounded_and_the_student_is_told(run):
    session = run(
        "import threading, time\nfor _ in range(200):\n"
        "    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "time.sleep(1)"
    )
    assert "32 threads" in session.report.errors[0]


def test_processor_time_is_bounded_and_the_student_is_told():
    limits = {name: getattr(LIMITS, name) for name in LIMITS.__struct_fields__} | {
        "cpu_seconds": 1,
        "cell_seconds": 20,
    }
    with Sandbox(preload=["numpy"], limits=type(LIMITS)(**limits)) as sandbox:
        for ignored in ("", "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"):
            with Session(sandbox, {"ps.ipynb": notebook(ignored + "while True: pass")}, "ps", 1) as session:
                session.load()
                assert session.report.errors[0] == "it used more than 1 second of processor time"


def test_a_flood_of_output_is_trimmed_and_counted(run):
    session = run("for _ in range(1000): print('x' * 999)")
    assert len(session.report.output) <= 16 * 1024
    assert session.report.output_dropped > 900_000


# Lies -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lie",
    [
        'send(["cells", [], [1] * 9])', 'send(["started", [], 0])', 'send(["finished", [], 1, "x"])',
        'send(["finished", [], 2**62, "x"])', 'send(["rejected", [], "x"])', 'send(["confined", []])',
        'send(["outcomes", [], []])', 'send(["callback", [], 0, [1], [2]])',
        'send(["loaded", [], "x", 0])', '[send("junk") for _ in range(9)]',
    ],
)  # fmt: skip
def test_a_lie_about_progress_costs_the_cell_that_told_it(run, lie):
    try:
        session = run("x = 1", SEND + lie, "y = 2")
    except StudentCrashed:
        return  # it told it again at the end; nothing of it is believed either way
    assert set(session.report.errors) <= {0, 1, 2}
    assert len(session.report.lines) == 3


def test_a_cell_that_begins_again_and_again_is_still_stopped(run):
    started = time.monotonic()
    session = run(
        SEND + "import time\nfor _ in range(200):\n    send(['started', [], 0])\n    time.sleep(.1)", "y = 2"
    )
    assert time.monotonic() - started < 30
    assert session.variable("y") == 2


def test_errors_and_output_of_megabytes_are_kept_short(run):
    session = run(
        SEND + "send(['finished', [], 0, {'exception': 'e' * 9_000, 'text': 'e' * 900_000}])\n"
        "send(['loaded', [], 'o' * 900_000, -5])"
    )
    assert 0 < len(session.report.errors[0]) < 1000
    assert 0 < len(session.report.output) <= 16 * 1024
    assert session.report.output_dropped == 0


def test_what_a_later_run_says_is_not_shown(run):
    session = run(
        "import os\nif os.path.exists('../again'): print('told')\ndef die(): os._exit(0)\nprint('first')"
    )
    with pytest.raises(StudentCrashed):
        call(session, "die")
    session.load()
    assert session.report.output == "first\n"


# Errors on our side ------------------------------------------------------------------------------------------


def test_a_template_that_is_killed_is_no_fault_of_the_submissions(run, sandbox):
    session = run("import time\ndef slow(): time.sleep(.8)\ndef f(): return 7")
    template = sandbox._template
    killer = threading.Timer(0.2, lambda: os.killpg(template.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(SandboxError):
        call(session, "slow")
    killer.join()
    assert call(session, "f").value == 7
    assert sandbox._template.pid != template.pid


def test_a_submission_finds_nothing_of_the_one_before(run):
    run("open('left', 'w').write('x')\nimport os\nos.makedirs('a/b')\nos.chmod('a', 0)").close()
    session = run("import os\nfound = sorted(os.listdir('.'))")
    assert session.variable("found") == ["data.csv"]


def test_a_folder_nested_beyond_every_path_is_removed(run, sandbox):
    run("import os\nfor _ in range(1500):\n    os.mkdir('d')\n    os.chdir('d')").close()
    template = sandbox._template
    assert run("x = 1").variable("x") == 1
    assert sandbox._template is template
