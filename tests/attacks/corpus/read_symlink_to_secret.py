# Links a secret into its folder, and reads or hard-links it through the link.
def loot(get):
    try:
        return str(get())[-400:]
    except BaseException as error:
        return type(error).__name__

import os
found = []
for target in ("@SECRET_FILE@", "@COURSE@/reference/softmax.py"):
    for make in (os.symlink, os.link):
        name = f"link{len(found)}"
        found.append(loot(lambda: make(target, name) or open(name).read()))
raise RuntimeError(found)
