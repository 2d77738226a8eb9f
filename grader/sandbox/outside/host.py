"""The trusted side of the sandbox: it starts the template and asks it for children."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from grader.errors import SandboxError, UnsafeHost, WireError
from grader.limits import Limits
from grader.sandbox.crossing.channel import Channel, ChannelClosed, ChannelTimeout, decoder_of
from grader.sandbox.crossing.codec import INTO_THE_SANDBOX
from grader.sandbox.crossing.control import Ended, Forked, Ready, Settings
from grader.sandbox.crossing.messages import Confined, FromSandbox
from grader.sandbox.isolation import Interpreter, Plan, Quota, choose_plan, out_of_reach
from grader.sandbox.isolation.bubblewrap import SCRATCH_MOUNT, bubblewrap_command
from grader.sandbox.isolation.cgroup import ControlGroup, real_pid
from grader.sandbox.isolation.held import held_folder
from grader.sandbox.isolation.identity import forbid_inspection
from grader.sandbox.isolation.plan import readable_paths
from grader.sandbox.isolation.scratch import scratch_parent
from grader.sandbox.isolation.users import draw_user
from grader.sandbox.linux import need_linux
from grader.sandbox.outside.process import Process
from grader.version import version

__all__ = ["Sandbox"]

START_SECONDS = 60.0
ANSWER_SECONDS = 20.0
_Answer = msgspec.msgpack.Decoder(Ready | Forked | Ended)


class Sandbox:
    """A template process and what it forks.

    Args:
        preload: Modules imported once, before any submission.
        data_files: Files put beside every notebook, by relative path.
        limits: What a submission may use.
        plan: Isolation layers; by default all that this machine has.
        unsafe: Accept a machine that cannot isolate safely.
        alone: Accept a machine where a separate user is the only wall around a submission, because nobody else's work
            is here or ever will be.
        secrets: Files and folders that no submission may read: the suite, the reference.
        python: The interpreter that submissions run in, if it is not this one.
        libraries: Folders of packages that they may import, looked into after the interpreter's own.
        if_it_helps: Whether modules are preloaded only to save time: one that cannot be, for it starts threads, is
            then imported by each submission for itself.

    Raises:
        UnsafeHost: The machine lacks the layers that safe grading needs.
        SandboxError: The template could not be started.
    """

    def __init__(
        self,
        *,
        preload: Sequence[str] = (),
        data_files: Mapping[str, bytes] | None = None,
        limits: Limits | None = None,
        plan: Plan | None = None,
        unsafe: bool = False,
        alone: bool = False,
        secrets: Sequence[Path] = (),
        python: Interpreter | None = None,
        libraries: Sequence[str] = (),
        if_it_helps: bool = False,
    ) -> None:
        need_linux()
        self.limits = limits or Limits()
        self._python, self._libraries, self._if_it_helps = python, tuple(libraries), if_it_helps
        if plan is not None and (python is not None or libraries):
            also = readable_paths(python, self._libraries)
            plan = msgspec.structs.replace(plan, readable=tuple(dict.fromkeys((*plan.readable, *also))))
        self.plan = plan or choose_plan(python=python, libraries=self._libraries)
        if not self.plan.safe_alone and not unsafe:
            raise UnsafeHost(
                "this machine cannot isolate submissions safely: that takes a system call filter, and Landlock or "
                "bubblewrap; `gradmark doctor` says what is missing"
            )
        if not self.plan.safe and not alone and not unsafe:
            raise UnsafeHost(
                "submissions could read and change each other's work here, because a separate user is the only wall "
                "around them: Landlock or bubblewrap is needed too; `gradmark doctor` says how to get one"
            )
        if not unsafe and not out_of_reach(self.plan, secrets):
            raise UnsafeHost(
                f"submissions could read {next(iter(secrets), 'the course')} here; move the course to a folder that "
                "only you can enter (chmod 700), inside one that only you can write to, outside the Python that grades"
            )
        self._preload = list(preload)
        self._data_files = dict(data_files or {})
        self._template: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._errors: IO[bytes] | None = None
        self._control: socket.socket | None = None
        self._stack = contextlib.ExitStack()
        self.problems: dict[str, str] = {}
        """Modules to preload that could not be imported, each with the reason; known once started."""
        self.scratch: str | None = None
        """Where submissions write, once started; None where it is a file system that only they see."""

    @property
    def layers(self) -> list[str]:
        """Names of the isolation layers a submission runs under."""
        return self.plan.layers

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def launch(self) -> None:
        """Start the template without waiting for it: it keeps a processor busy for most of a second.

        If that fails, whoever needs the template tries again and reports the error.
        """
        if self._template is None:
            try:
                self._launch()
            except OSError:
                self.close()

    def start(self) -> None:
        """Have the template ready now rather than at the first fork."""
        if self._template is None:
            self._launch()
        decoder_of(FromSandbox)
        if not self._ready:
            self._await_ready()

    def fork(self) -> Process:
        """A new confined child, ready for its submission."""
        for attempt in (1, 2):
            try:
                self.start()
                return self._fork()
            except (OSError, ChannelClosed, ChannelTimeout, SandboxError) as error:
                # The template died, by the machine's doing or an operator's; a fresh one will do as well.
                self.close()
                if attempt == 2:
                    raise SandboxError(
                        f"the sandbox could not start a submission: {error or type(error).__name__}"
                    ) from error
        raise AssertionError("unreachable")

    def reap(self, pid: int) -> Ended | None:
        """Have the template wait for a killed child and remove its files; None if the template is gone."""
        try:
            answer, _ = self._ask(f"end {pid}".encode())
        except (OSError, SandboxError):
            self.close()  # the template's children die with it
            return None
        return answer if isinstance(answer, Ended) else None

    def release(self, pid: int) -> None:
        """The same, without waiting: the template forks the next child only when this one is gone."""
        if self._control is None:
            return  # the children died with the template
        try:
            self._control.settimeout(ANSWER_SECONDS)
            self._control.send(f"drop {pid}".encode())
        except OSError:
            self.close()

    def settle(self) -> None:
        """Wait until all released children and their files are gone."""
        if self._ready:
            self._ask(b"end 0")  # the template answers requests in order

    def close(self) -> None:
        """End the template and everything it forked."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._template is not None:
            try:
                self._template.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._template.kill()
                self._template.wait()
            self._template = None
        self._ready = False
        self._stack.close()

    # The template -----------------------------------------------------------------------------------------

    def _launch(self) -> None:
        forbid_inspection()  # from here on, untrusted code runs next to this process
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._stack.enter_context(ours)
        self.scratch = None if self.plan.bubblewrap else self._make_scratch()
        scratch = self.scratch or SCRATCH_MOUNT
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the stack
        self._stack.enter_context(self._errors)
        program = "-s -P -B -m grader.sandbox.inside.template".split()
        python = self._python.executable if self._python else sys.executable
        command = [python, *program, str(theirs.fileno())]
        if self.plan.bubblewrap:
            command = (
                bubblewrap_command(self.plan.bubblewrap, self.plan.readable, self.limits.scratch_mb) + command
            )
        settings = Settings(
            plan=self.plan,
            quota=Quota(
                self.limits.memory_mb, self.limits.cpu_seconds, self.limits.file_mb, self.limits.processes
            ),
            user=draw_user() if self.plan.user else os.getuid(),
            preload=self._preload,
            data_files=self._data_files,
            scratch=scratch,
            scratch_mb=self.limits.scratch_mb,
            output_kb=self.limits.output_kb,
            libraries=list(self._libraries),
            if_it_helps=self._if_it_helps,
        )
        # A file, because writing more than a pipe holds would mean waiting for the template to read it.
        with tempfile.TemporaryFile() as told:
            told.write(msgspec.msgpack.encode(settings))
            told.seek(0)
            self._template = subprocess.Popen(
                command, stdin=told, stdout=subprocess.DEVNULL, stderr=self._errors, cwd="/",
                env=_clean_environment(scratch), pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        theirs.close()
        self._control = ours

    def _await_ready(self) -> None:
        try:
            ready, descriptors = self._answer(START_SECONDS)
        except (OSError, SandboxError):
            raise self._did_not_start() from None
        self._limit_together(descriptors)
        if not isinstance(ready, Ready) or ready.gradmark != version():
            there = ready.gradmark if isinstance(ready, Ready) else ""
            self.close()
            raise SandboxError(
                f"the sandbox has gradmark {there or 'of an unknown version'}, and this is {version()}"
            )
        self.problems = ready.problems
        self._ready = True

    def _did_not_start(self) -> SandboxError:
        """Give up the template; the last thing it said is the reason."""
        assert self._template is not None
        assert self._errors is not None
        self._template.kill()
        self._template.wait()
        self._errors.seek(0)
        said = self._errors.read()[-2000:].decode(errors="replace").strip().splitlines()
        self.close()
        return SandboxError(
            f"the sandbox's template did not start: {said[-1] if said else 'it said nothing'}"
        )

    def _limit_together(self, template: list[int]) -> None:
        """Put the template, by its pidfd, into a control group, and with it every child from its first instruction on.

        Moving a process takes the kernel many milliseconds, and being born in a group takes none. Memory that the
        template has by now stays counted where it was; pages that a child copies by writing to them count here.
        """
        try:
            if self.plan.cgroup:
                # Scratch may be in memory too, and so are the pages that a child copies from the template.
                room = self.limits.memory_mb + self.limits.scratch_mb + 64
                # The limit on a user's processes is enough if it counts nobody else's.
                threads = None if self.plan.limit_processes else self.limits.processes + 9
                group = ControlGroup(room, threads)
                self._stack.callback(group.close)
                group.add(real_pid(template[0]))
        finally:
            for descriptor in template:
                os.close(descriptor)

    def _make_scratch(self) -> str:
        """A folder of our own, for machines without namespaces; others can pass through it but not list it."""
        folder = self._stack.enter_context(held_folder("gradmark-scratch-", scratch_parent()))
        os.chmod(folder, 0o711)
        return folder

    def _fork(self) -> Process:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with theirs:
                answer, descriptors = self._ask(b"fork", theirs.fileno())
            if not isinstance(answer, Forked) or len(descriptors) != 1:
                raise SandboxError("the template did not fork")
        except BaseException:
            ours.close()
            raise
        process = Process(self, Channel(ours, FromSandbox, sends=INTO_THE_SANDBOX), answer, descriptors[0])
        try:
            confined, _ = process.channel.receive(timeout=ANSWER_SECONDS)
            if not isinstance(confined, Confined):
                raise WireError("it sent a message out of turn")
        except (ChannelClosed, ChannelTimeout, WireError, OSError) as error:
            ended = process.end()
            code = "unknown" if ended is None else ended.exit_code
            raise SandboxError(
                f"a submission's process could not be confined (exit {code}) {error}".rstrip()
            ) from None
        return process

    def _ask(self, request: bytes, descriptor: int | None = None) -> tuple[Any, list[int]]:
        if self._control is None:
            raise SandboxError("the template is gone")
        self._control.settimeout(ANSWER_SECONDS)
        socket.send_fds(self._control, [request], [descriptor] if descriptor is not None else [])
        return self._answer(ANSWER_SECONDS)

    def _answer(self, seconds: float) -> tuple[Any, list[int]]:
        assert self._control is not None
        self._control.settimeout(seconds)
        data, descriptors, _, _ = socket.recv_fds(self._control, 65_536, 1)
        if not data:
            raise SandboxError("the template is gone")
        try:
            return _Answer.decode(data), descriptors
        except msgspec.MsgspecError as error:
            raise SandboxError(f"the template sent a malformed answer: {error}") from None


def _clean_environment(scratch: str) -> dict[str, str]:
    """All that a template and its children know of our environment."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": scratch,
        "TMPDIR": scratch,
        "IPYTHONDIR": f"{scratch}/ipython",
        "MPLCONFIGDIR": f"{scratch}/matplotlib",
        "MPLBACKEND": "agg",
        # Only matplotlib's own fonts: a system's would make plots differ, and take time to list at every start.
        "MPL_IGNORE_SYSTEM_FONTS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
        # One BLAS thread: forking while another thread is busy hangs, and the number of threads changes rounding.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "NUMEXPR_NUM_THREADS": "1",
        **{
            name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ
        },
    }
