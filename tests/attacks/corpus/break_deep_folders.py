# Leaves folders nested thousands of levels deep, some that nobody may enter.
# wall: files disk
import os
start = os.getcwd()
for _ in range(1000):
    os.mkdir("dddd")
    os.chdir("dddd")
open("last", "w").write("x")
os.mkdir("shut", 0)
os.chdir(start)
os.mkdir("locked", 0)
os.close(os.open("none", os.O_CREAT | os.O_WRONLY, 0))
