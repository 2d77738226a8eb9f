# Crashes the interpreter in a call, and aborts in another.
# wall: none
import ctypes, os
def logits(X, W, b): return ctypes.string_at(0)
def softmax(z): os.abort()
