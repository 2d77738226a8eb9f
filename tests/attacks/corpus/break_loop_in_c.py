# Stays in C code that no signal interrupts.
sum(range(10 ** 12))
