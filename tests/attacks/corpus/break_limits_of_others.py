# Sets the worker's and the parent's limits by prlimit, so that they die of them.
# wall: processes
import os, resource
for pid in (os.getppid(), @WORKER@):
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_FSIZE):
        try:
            resource.prlimit(pid, kind, (1, 1))
        except OSError:
            pass
