# Uses up inodes: empty files, folders, links.
# wall: disk
import os
try:
    for number in range(60_000):
        os.close(os.open(f"i{number}", os.O_CREAT | os.O_WRONLY))
except OSError:
    pass
