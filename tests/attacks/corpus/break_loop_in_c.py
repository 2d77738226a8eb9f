# Stays in C code that no signal interrupts.
# wall: none
# waits
sum(range(10 ** 12))
