# Never ends a call.
# waits
def logits(X, W, b):
    while True:
        pass
