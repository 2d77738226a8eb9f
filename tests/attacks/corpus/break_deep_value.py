# Returns values that contain themselves, or are nested a million levels deep.
# wall: none
loop = []
loop.append(loop)
deep = ()
for _ in range(10 ** 5): deep = (deep,)
def logits(X, W, b): return loop
def softmax(z): return deep
def predict(X, W, b): return {"a": loop}
