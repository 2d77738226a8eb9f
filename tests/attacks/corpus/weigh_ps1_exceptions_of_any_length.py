# Fails in every call with texts, notes, names, causes and base classes of a size that nobody would write down.
# pset: ps1
# tests: all
def hundreds_of_bases():
    made = Exception
    for k in range(900):
        made = type("LEAK" * 50 + str(k), (made,), {})
    return made

class Endless(ValueError):
    def __str__(self):
        return "LEAK" * 50_000_000

class Longest(ArithmeticError):
    __str__ = __repr__ = lambda self: self.args[0]

Longest.__name__ = Longest.__qualname__ = "E" * 20_000_000
Deep = hundreds_of_bases()
turn = [0]

def fail(*_, **__):
    turn[0] += 1
    kind = turn[0] % 5
    if kind == 0:
        raise Endless
    if kind == 1:
        raise Longest("x" * 60_000_000)
    if kind == 2:
        raise Deep("x")
    if kind == 3:
        error = ValueError("noted")
        error.__notes__ = ["LEAK" * 1_000_000] * 50
        raise error
    error = OSError("last")
    for k in range(20_000):
        error.__context__, error = None, type(error)(k)
        error.__cause__ = ExceptionGroup("g" * 1_000, [error.__class__("x")])
    raise error

logits = softmax = cross_entropy = cross_entropy_gradient = regularized_loss = regularized_gradients = fail
predict = accuracy = train = fail
