# Answers with texts that are long, grow when they are compared, or make patterns that step back take for ever.
# pset: choices
# tests: all
# wall: none
large_step = "(" * 400 + ")" * 400 + "x"
convex = ", ".join("\ufdfa" * 300 for _ in range(3))
batches_of_one = "1" * 30_000_000
guarantee = "a" + "\u0301\u0327" * 490
year = "\u200b1" * 499 + "x"
