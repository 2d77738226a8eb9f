# Names the suite by ways that a rule on paths might overlook: too long, doubled, through /proc, through a link to a link, in bytes.
# pset: ps5
# wall: files
import os

SUITE = "@COURSE@/psets/ps5/suite/test_network.py"
os.symlink(os.path.dirname(SUITE), "one")
os.symlink("one", "two")
os.symlink("/proc/self/root" + SUITE, "three")
ways = [
    SUITE, "/." * 1_000 + SUITE, SUITE.replace("/", "//"), "/proc/self/root" + SUITE, "/proc/self/cwd/" + "../" * 30 + SUITE[1:],
    "two/test_network.py", "three", "/proc/thread-self/root" + SUITE, "/dev/fd/../root" + SUITE, SUITE.encode(),
    "../" * 40 + SUITE[1:],
]
read = []
for way in ways:
    try:
        with open(way) as file:
            read.append(file.read()[-400:])
    except OSError:
        pass
raise RuntimeError(read)
