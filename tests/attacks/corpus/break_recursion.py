# Recurses without end, in Python and in C.
# wall: none
# waits
import sys
sys.setrecursionlimit(10 ** 9)
def deeper(x): return deeper(x) + 1
def logits(X, W, b): return deeper(0)
value = []
for _ in range(200_000): value = [value]
def softmax(z): return repr(value)
