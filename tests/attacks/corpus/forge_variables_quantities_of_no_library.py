# Objects that pass for quantities of pint: units of ten million letters, numbers that are none, conversions that go wrong.
# pset: variables
# tests: all
def quantity(magnitude, unit, base=None):
    def shown(self):
        return unit() if callable(unit) else unit
    Unit = type("Unit", (), {"__str__": shown})
    made = type("Quantity", (), {"__module__": "pint", "magnitude": magnitude, "units": Unit(), "to_base_units": base})
    return made()

def exits(*_):
    raise SystemExit(0)

def endless_base(self):
    return self

slope = quantity(np.array([{}, object()], dtype=object), "m" * 10_000_000)
intercept = quantity(quantity(1.0, "m"), exits)
g = quantity(9.78, "\x1b[31m m/s^2 <script>", lambda self: quantity(lambda: 9.78, "m/s^2" * 1_000_000))
long_period = quantity(10 ** 4000, "s" * 300, endless_base)
