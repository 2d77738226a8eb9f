# Never ends a call.
# wall: none
# waits
def logits(X, W, b):
    while True:
        pass
