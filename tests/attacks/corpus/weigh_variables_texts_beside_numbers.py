# Numbers and units as texts without an end, in the forms that take longest to read, and numbers too large for any float.
# pset: variables
# tests: all
slope = 10 ** 4_000
intercept = ("1" * 3_000_000, "m" * 3_000_000)
g = ["9." + "7" * 5_000_000, "(" * 1_000_000 + "m/s" + ")^9" * 1_000_000]
long_period = "1" + " 000" * 1_000_000
