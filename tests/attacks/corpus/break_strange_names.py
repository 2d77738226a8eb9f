# Leaves files with newlines, control bytes and invalid UTF-8 in their names.
# wall: files disk
import os
for name in (b"a\nb", b"\xff\xfe", b"-rf", b"\x1b[31m", b"x" * 255, "\u202egpj.exe".encode()):
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
os.symlink("/", "root")
os.symlink("loop", "loop")
