# Crashes the interpreter: null pointer, bad free, corrupted code.
# wall: none
import ctypes
ctypes.string_at(0)
