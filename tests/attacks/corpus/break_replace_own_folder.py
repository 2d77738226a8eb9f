# Moves its own folder away and leaves links to the machine's folders, the data file and others' in its place.
# wall: files
import os
here = os.getcwd()
for change in (
    lambda: os.remove("digits.csv"),
    lambda: os.symlink("/etc/passwd", "digits.csv"),
    lambda: os.symlink("/", "root"),
    lambda: os.symlink("..", "up"),
    lambda: os.rename(here, here + "-away"),
    lambda: os.symlink("/etc", here),
    lambda: os.symlink("/usr", "../usr"),
    lambda: os.rmdir(here),
    lambda: os.chmod("..", 0),
    lambda: os.chmod(".", 0),
):
    try:
        change()
    except OSError:
        pass
