# Never ends a call.
def logits(X, W, b):
    while True:
        pass
