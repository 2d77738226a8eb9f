# Chooses everything at once: lists in lists, a million choices, a list that holds itself, and a set that never ends.
# pset: choices
# tests: all
# wall: none
class Endless(set):
    def __iter__(self):
        while True:
            yield "b"
Endless.__name__ = Endless.__qualname__ = "set"
Endless.__module__ = "builtins"
large_step = [[[["b"]]]]
convex = ["a", "b", "e"] * 300_000
batches_of_one = Endless({1, 2})
guarantee = []
guarantee.append(guarantee)
year = {"1951": "1951"}
