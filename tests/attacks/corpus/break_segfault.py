# Crashes the interpreter: null pointer, bad free, corrupted code.
import ctypes
ctypes.string_at(0)
