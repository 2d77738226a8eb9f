# It prints as fast as it can, in calls and in the cell, letters that take four bytes each.
# pset: output
# tests: all
def report(losses, accuracies):
    for _ in range(3_000):
        print("\U0001d54f" * 1_000_000)

# %%
for _ in range(500):
    print("\U0001d54f" * 1_000_000)
