"""The server of a preview, for this machine only: a few pages, and a stream of changes."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

from watchfiles import DefaultFilter, watch

from grader.errors import GradmarkError
from grader.preview.state import State
from grader.preview.work import Rounds

__all__ = ["preview", "server"]

# If nothing changes for so long, the stream says that it is alive.
_ALIVE_SECONDS = 15.0
_WAITING = "<!doctype html><meta charset=utf-8><title>gradmark</title><p style='font-family:sans-serif'>Not built yet."


def preview(folder: Path, course: Path, port: int, told: Callable[[str], None]) -> None:
    """Serve the problem set in ``folder`` until interrupted; ``told`` is called with the address.

    Raises `GradmarkError` if the port is taken.
    """
    state = State(
        pset=folder.name, doing="starting", files="", files_ok=None, report="", ok=None, student=0, solved=0
    )
    with tempfile.TemporaryDirectory(prefix="gradmark-preview-") as scratch:
        rounds = Rounds(folder, Path(scratch), state)
        stop = threading.Event()
        try:
            served = server(port, state, Path(scratch))
        except OSError as error:
            raise GradmarkError(
                f"port {port} cannot be used ({error.strerror}); choose another with --port"
            ) from None
        threads = [
            threading.Thread(target=served.serve_forever, daemon=True),
            threading.Thread(target=rounds.run, daemon=True),
        ]
        for thread in threads:
            thread.start()
        told(f"http://127.0.0.1:{served.server_port}/")
        watched = [folder, *(place for place in [course / "reference"] if place.is_dir())]
        try:
            # What a running notebook or an import writes is nobody's save.
            for _ in watch(*watched, watch_filter=_saved, stop_event=stop, raise_interrupt=False):
                rounds.again()
        finally:
            stop.set()
            rounds.stop()
            served.shutdown()
            threads[1].join()


class _Saves(DefaultFilter):
    ignore_dirs = (*DefaultFilter.ignore_dirs, ".gradmark_cache", ".ipynb_checkpoints")


_saved = _Saves()


def server(port: int, state: State, pages: Path) -> ThreadingHTTPServer:
    """The server, bound to this machine's own address; port 0 takes a free one."""
    bound = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, state, pages))
    bound.daemon_threads = True
    return bound


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, state: State, pages: Path, *arguments: object) -> None:
        self._state, self._pages = state, pages
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is the author's."""

    def do_GET(self) -> None:
        # A web page whose host name was made to point here must not read the answers.
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host not in ("127.0.0.1", "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN, "open this preview at 127.0.0.1")
            return
        path = self.path.partition("?")[0]
        if path == "/":
            page = files("grader.preview") / "templates" / "preview.html"
            self._send(page.read_bytes())
        elif path in ("/student.html", "/solved.html"):
            made = self._pages / path[1:]
            self._send(made.read_bytes() if made.is_file() else _WAITING.encode())
        elif path == "/events":
            self._stream()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        """Server-sent events: the state now, and again whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        version = -1
        try:
            while True:
                now = self._state.wait(version, _ALIVE_SECONDS)
                if now["version"] > version:
                    version = now["version"]
                    self.wfile.write(f"data: {json.dumps(now)}\n\n".encode())
                else:
                    self.wfile.write(b": alive\n\n")
                self.wfile.flush()
        except OSError:
            return  # the browser went away
