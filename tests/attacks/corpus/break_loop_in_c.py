# Stays in C code that no signal interrupts.
# waits
sum(range(10 ** 12))
