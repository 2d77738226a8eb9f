# Leaves folders nested thousands of levels deep, some that nobody may enter.
import os
start = os.getcwd()
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
open("last", "w").write("x")
os.chmod(".", 0)
os.chdir(start)
os.mkdir("locked")
open("locked/file", "w").write("x")
os.chmod("locked", 0)
