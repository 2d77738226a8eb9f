"""What the template says of modules that no submission could use."""

from __future__ import annotations

from grader.sandbox.inside.template import _imported


def test_a_module_that_starts_a_thread_is_told(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    wait = "import threading\nended = threading.Event()\nthreading.Thread(target=ended.wait, daemon=True).start()\n"
    (tmp_path / "starts_a_thread_when_imported.py").write_text(wait)
    try:
        said = _imported("starts_a_thread_when_imported")
        assert said == "importing it starts 1 thread, which no submission would have"
    finally:
        import starts_a_thread_when_imported as module  # type: ignore[import-not-found]

        module.ended.set()


def test_others_are_not(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "raises_when_imported.py").write_text("raise ValueError('no')")
    assert _imported("json") == ""
    assert _imported("raises_when_imported") == "ValueError: no"
