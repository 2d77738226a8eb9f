# A notebook of half a million nested lists.
"""Makes its files from the cells of the blank notebook."""



def submission(blank):
    return {"ps1.ipynb": b"[" * 500_000}
