# A notebook that says of itself that it is of every variant, in metadata that are long, deep or of another kind.
# pset: variants
# wall: none
"""Makes its files from the cells of the blank notebook."""

import json

from tests.attacks.making import notebook


def submission(blank):
    made = json.loads(notebook(blank))
    deep = "0123456789ab"
    for _ in range(500):
        deep = {"variant": deep}
    marks = [deep, "f" * 1_000_000, ["0123456789ab"] * 10_000, {"__class__": "LEAK"}, None]
    made["metadata"]["gradmark"] = {"variant": marks, "variants": marks, "seed": "LEAK"}
    return {"variants.ipynb": json.dumps(made).encode()}
