# Calls the test's functions with arrays that hold nothing and are millions, or 2**40, long on one side.
# pset: ps5
# tests: complexity_curve
import numpy as np

def complexity_curve(fit, error, settings, train, validation, seeds):
    for length in (60_000_000, 2**40):
        empty = np.empty((length, 0), np.uint8)
        for given in ((1.0, empty, 1.0, 0), (empty, empty, 1.0, 0)):
            try:
                fit(*given)
            except ValueError:
                pass
            try:
                error(*given[:3])
            except ValueError:
                pass
    return np.zeros(len(settings)), np.zeros(len(settings))
