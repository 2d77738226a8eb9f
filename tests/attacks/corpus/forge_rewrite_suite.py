# Rewrites the hidden tests, the checks and the reference on disk.
# wall: files
for path in ("@COURSE@/psets/ps1/suite/test_scores.py", "@COURSE@/reference/softmax.py", "@COURSE@/grader/checks/closeness.py", "@COURSE@/grader/__init__.py"):
    for mode in ("w", "a", "r+"):
        try:
            open(path, mode).write("# changed\n")
        except OSError:
            pass
