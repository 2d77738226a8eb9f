# Texts short enough to be read whose units overflow, divide by zero, nest and stand in powers of powers.
# pset: variables
# tests: all
slope = (1e308, "Qm^12")
intercept = "1e308 " + "Qm^9 " * 20
g = "9e307 ((((((((Qm^12)^12)^12)^12)^12)^12)^12)^12)/s^(1/0)"
long_period = ("1e-320", "qm^-12 " * 14)
