# A notebook whose metadata name a kernel, a language and widgets that run programs, and outputs that are pages.
"""Makes its files from the cells of the blank notebook."""

import json

from tests.attacks.making import notebook


def submission(blank):
    made = json.loads(notebook(blank))
    made["metadata"] = {"kernelspec": {"name": "bash", "display_name": "<b>LEAK"}, "language_info": {"name": "bash"}, "otter": {"tests": ["../suite"]}, "jupytext": {"text_representation": {"extension": ".sh"}}}
    page = {"text/html": "<script>fetch('/LEAK')</script>", "application/javascript": "LEAK", "image/svg+xml": "<svg onload=LEAK>"}
    for cell in made["cells"]:
        cell["outputs"] = [{"output_type": "display_data", "data": page, "metadata": {}}]
        cell["attachments"] = {"x": {"text/html": "LEAK"}}
    made["cells"].append({"cell_type": "raw", "source": "LEAK", "metadata": {"format": "text/html"}})
    return {"ps1.ipynb": json.dumps(made).encode()}
