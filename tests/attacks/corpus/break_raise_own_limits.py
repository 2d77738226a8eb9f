# Raises its own limits and priority again.
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
for change in (lambda: os.nice(-20), lambda: os.setuid(0), lambda: os.setgroups([0])):
    try:
        change()
        raised += ["rights"] if change is None else []
    except OSError:
        pass
raise RuntimeError(f"{'LEAK' if raised else 'nothing'}: {raised}")
