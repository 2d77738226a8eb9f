# Runs programs: execve, execveat, a script of its own, setuid programs.
# wall: files processes
import os
open("run", "w").write("#!/bin/sh\ncat @SECRET_FILE@\n")
os.chmod("run", 0o4755)
for path in ("./run", "/bin/sh", "/usr/bin/su", "/usr/bin/python3"):
    try:
        os.execve(path, [path], {})
    except OSError:
        pass
