# The test's function takes the product of what it is given: of thousands of integers of four thousand bits it has no end.
# pset: ps2
# tests: numeric_gradient
def numeric_gradient(f, x, h):
    return f([3**2_500 + k for k in range(3_800)])
