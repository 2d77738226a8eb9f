"""The process that submissions are forked from.

It is started by exec with a clean environment and never holds anything worth reading. It imports what notebooks
import, warms up the shell, and then forks a confined child for each request of the worker.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import resource
import signal
import socket
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.notebook import Shell
from grader.sandbox.crossing.channel import Channel, decoder_of
from grader.sandbox.crossing.codec import INTO_THE_SANDBOX
from grader.sandbox.crossing.control import Ended, Forked, Ready, Settings
from grader.sandbox.crossing.messages import Confined, ToSandbox
from grader.sandbox.inside.child import live
from grader.sandbox.inside.warm import draw_once, warm_up
from grader.sandbox.isolation import Confinement
from grader.sandbox.isolation.identity import drop_capability, forbid_inspection
from grader.sandbox.isolation.scratch import limit_scratch, remove_tree
from grader.text import many
from grader.version import version

__all__ = ["main"]

MAX_REQUEST = 64
CAP_SYS_ADMIN = 21


class Template:
    """The loop that forks, waits and cleans up."""

    def __init__(self, control: socket.socket, settings: Settings, without: Collection[str] = ()) -> None:
        self._control = control
        self._settings = settings
        self._children: dict[int, Path] = {}
        self._scratch = Path(settings.scratch)
        self._count = 0
        self._confinement = Confinement(settings.plan, settings.quota, settings.user)
        self._shell = Shell()
        problems = {}
        for module in settings.preload:
            if module in without:
                continue
            before = _threads()
            if said := _imported(module):
                if settings.if_it_helps and _threads() > before:
                    self._begin_again(without=[*without, module])
                problems[module] = said
        warm_up(self._shell)
        decoder_of(ToSandbox)
        self._keep_what_there_is()
        gc.enable()
        own = os.pidfd_open(os.getpid())
        self._reply(Ready(problems, version()), (own,))
        os.close(own)

    def _begin_again(self, without: Sequence[str]) -> None:
        """Become a template that does not import these modules: threads that one of them started cannot be undone."""
        os.lseek(sys.stdin.fileno(), 0, os.SEEK_SET)
        os.set_inheritable(self._control.fileno(), True)
        program = "-s -P -B -m grader.sandbox.inside.template".split()
        os.execv(sys.executable, [sys.executable, *program, str(self._control.fileno()), *without])

    def _keep_what_there_is(self) -> None:
        """Never collect what exists now, so that children do not copy its pages just by looking at it."""
        gc.freeze()
        self._confinement.measure()

    def _finish(self) -> None:
        """Do what the first submission would have had to wait for."""
        draw_once()
        gc.unfreeze()
        gc.collect()
        self._keep_what_there_is()

    def serve(self) -> None:
        """Answer the worker until it hangs up; then end every child."""
        while True:
            request, descriptors, _, _ = socket.recv_fds(self._control, MAX_REQUEST, 1)
            if request == b"fork" and descriptors:
                self._fork(descriptors[0])
            elif request.startswith(b"end "):
                self._end(int(request[4:]))
            elif request.startswith(b"drop "):
                self._drop(int(request[5:]))
            elif not request:
                break
        for pid in list(self._children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self._wait(pid)

    def _reply(self, message: Any, descriptors: tuple[int, ...] = ()) -> None:
        socket.send_fds(self._control, [msgspec.msgpack.encode(message)], descriptors)

    def _fork(self, descriptor: int) -> None:
        self._count += 1
        folder = self._scratch / str(self._count)
        folder.mkdir(mode=0o700)
        if self._settings.plan.user:
            os.chown(folder, self._settings.user, self._settings.user)
        pid = os.fork()
        if pid == 0:
            self._child(descriptor, str(folder))
        os.close(descriptor)
        self._children[pid] = folder
        pidfd = os.pidfd_open(pid)
        self._reply(Forked(pid, str(folder)), (pidfd,))
        os.close(pidfd)

    def _child(self, descriptor: int, folder: str) -> None:
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self._confinement.enter(folder, descriptor)
            end = socket.socket(fileno=descriptor)
            channel: Channel[Any] = Channel(end, ToSandbox, receives=INTO_THE_SANDBOX)
            channel.send(Confined())
            live(channel, self._shell, self._settings)
            code = 0
        finally:
            os._exit(code)

    def _end(self, pid: int) -> None:
        self._reply(self._wait(pid) if pid in self._children else Ended(0, 0.0))

    def _drop(self, pid: int) -> None:
        if pid in self._children:
            self._wait(pid)
        if self._count == 1:
            self._finish()

    def _wait(self, pid: int) -> Ended:
        _, status, usage = os.wait4(pid, 0)
        with contextlib.suppress(OSError):
            remove_tree(str(self._children.pop(pid)))
        if not self._children:
            self._sweep()
        return Ended(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)

    def _sweep(self) -> None:
        """Let nothing pass from one submission to the next, even if a child could write outside its own folder."""
        for entry in os.scandir(self._scratch):
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    remove_tree(entry.path)
                else:
                    os.unlink(entry.path)


def _imported(module: str) -> str:
    """Import a module; why no submission can use it, if that is so.

    A forked child has none of the template's other threads, and waits for ever for what one of them held.
    """
    before = _threads()
    try:
        importlib.import_module(module)
    except (Exception, SystemExit) as error:
        return f"{type(error).__name__}: {error}"[:200]
    started = _threads() - before
    return (
        f"importing it starts {many(started, 'thread')}, which no submission would have"
        if started > 0
        else ""
    )


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


def main() -> None:
    """Read the settings from standard input and serve on the descriptor named in the command line.

    After it come modules that are not preloaded, if this is not the first try.
    """
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    # The limit of the judge that started this process is not meant for it.
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    control = socket.socket(fileno=int(sys.argv[1]))
    without = sys.argv[2:]
    settings = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Settings)
    sys.path.extend(settings.libraries)
    gc.disable()  # imports create many objects that stay, which would be examined again and again
    forbid_inspection()
    if settings.plan.bubblewrap and not without:
        limit_scratch(settings.scratch, settings.scratch_mb, owner=os.geteuid())
        os.chdir(settings.scratch)
        drop_capability(CAP_SYS_ADMIN)
    Template(control, settings, without).serve()


if __name__ == "__main__":
    main()
