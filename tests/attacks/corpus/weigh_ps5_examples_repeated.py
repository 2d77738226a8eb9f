# Has the test's own functions multiply lists and texts by numbers of its choice, and raise numbers to such powers.
# pset: ps5
# tests: complexity_curve
def complexity_curve(fit, error, settings, train, validation, seeds):
    tries = [
        lambda: error({"slope": 100_000, "offset": []}, [0] * 20_000, 0),
        lambda: error({"slope": 1_000_000, "offset": ""}, "x" * 10_000, ""),
        lambda: error({"slope": [1.0] * 10_000, "offset": 0}, 200_000, 0),
        lambda: error([2**3_000] * 1_000, 2**3_000, 0),
        lambda: fit([2**4_000] * 900, [1] * 900, 2**4_000, 2**4_000),
    ]
    for one in tries:
        try:
            one()
        except ValueError:
            pass
    return tries[0]()
