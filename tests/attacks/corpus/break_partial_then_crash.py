# Answers part of it rightly, and crashes the rest.
# wall: none
# base: partial
import os
def predict(X, W, b): os._exit(1)
def cross_entropy(z, y): os.kill(os.getpid(), 9)
