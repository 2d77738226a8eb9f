"""``make large-class``: what grading a large class takes and survives, shown as tables.

One made-up class, whose right verdicts are known, is graded by the command that a TA types: undisturbed on two workers,
with the memory of every process printed; killed with ``kill -9``, the whole process group, at random moments and
started again until it is done; and on a Dask cluster of several workers, one of which is killed. Each way must give the
same bytes in every result, times apart, the same scores.csv and the same gradebook, and nothing that is killed may
leave a process or half a file behind. Besides, every system's export must come back through intake, and every verdict
must be right. The exit code is 1 if any of this does not hold.
"""
