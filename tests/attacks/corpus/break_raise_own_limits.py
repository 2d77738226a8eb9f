# Raises its own limits and priority again.
# wall: processes memory
import os, resource
raised = []
for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE):
    try:
        soft, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            raised.append(kind)
    except (OSError, ValueError):
        pass
before = os.getpriority(os.PRIO_PROCESS, 0), os.getresuid(), os.getgroups()
for change in (lambda: os.nice(-20), lambda: os.setresuid(0, 0, 0), lambda: os.setresuid(1, 1, 1), lambda: os.setgroups([0, 4])):
    try:
        change()
    except OSError:
        pass
if (os.getpriority(os.PRIO_PROCESS, 0), os.getresuid(), os.getgroups()) != before:
    raised.append("rights")
raise RuntimeError(f"{'LEAK' if raised else 'nothing'}: {raised}")
