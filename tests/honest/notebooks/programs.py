"""Programs, from VS Code and other editors."""

from __future__ import annotations

import re

from tests.honest.case import case
from tests.honest.work import Cell, as_files, text_of


@case("script")
def exported(work):
    """With lines above the answers that only a notebook's machine could serve."""
    text = work.plain("!pip install numpy\nimport google.colab")
    return as_files(work.script, text, {})


@case("script")
def jupytext_percent(work):
    head = """
        # ---
        # jupyter:
        #   jupytext:
        #     formats: ipynb,py:percent
        #     text_representation:
        #       extension: .py
        #       format_name: percent
        #   kernelspec:
        #     name: python3
        # ---
    """
    work.first("""
        %matplotlib inline
        %load_ext autoreload
    """)
    work.last(
        "!ls | wc -l",
        """
        %%time
        sum(range(10))
        """,
    )

    def commented(text: str) -> str:
        return re.sub(r"(?m)^(?=[%!])", "# ", text)

    def between(number: int, cell: Cell) -> str:
        return "# %%\n" if cell["cell_type"] == "code" else "# %% [markdown]\n"

    return as_files(work.script, work.exported(between, commented, head), {})


@case("script")
def spyder_cells(work):
    work.first(
        """
        %reset -f
        %matplotlib qt
        %clear
        """,
        "!dir",
    )
    work.between("1 / 0", "undefined_name", "%timeit -n1 -r1 sum(range(3))")
    head = '''
        #!/usr/bin/env python3
        # -*- coding: utf-8 -*-
        """
        Created on Tue Feb 16 10:12:00 2027

        @author: ada
        """
    '''

    def between(number: int, cell: Cell) -> str:
        return f"#%% part {number}\n" if number % 2 else "# %%\n"

    return as_files(work.script, work.exported(between, head=head), {})


@case("script")
def nbconvert_script(work):
    """``jupyter nbconvert --to script``, magics and all."""
    work.first(
        "%matplotlib inline",
        """
        %%time
        import math
        """,
        "!pip install -q numpy",
    )
    work.last(
        "files = !ls",
        """
        %%bash
        ls
        """,
    )

    def call(text: str) -> str:
        if text.startswith("%%"):
            line, _, body = text.partition("\n")
            name, _, rest = line[2:].partition(" ")
            return f"get_ipython().run_cell_magic({name!r}, {rest!r}, {body!r})"
        text = re.sub(r"(?m)^%(\w+) ?(.*)$", r"get_ipython().run_line_magic('\1', '\2')", text)
        text = re.sub(r"(?m)^!(.*)$", r"get_ipython().system('\1')", text)
        return re.sub(r"(?m)^(\w+) = !(.*)$", r"\1 = get_ipython().getoutput('\2')", text)

    def between(number: int, cell: Cell) -> str:
        return f"# In[{number}]:\n\n\n" if cell["cell_type"] == "code" else ""

    head = """
        #!/usr/bin/env python
        # coding: utf-8
    """
    return as_files(work.script, work.exported(between, call, head), {})


@case("VS Code")
def interactive_window(work):
    """``# In[ ]`` marks without numbers, magics as they stand, a file of Windows."""
    work.first(
        "%cd ~/Documents/hw",
        """
        import os, sys
        sys.path.append('..')
        sys.path.insert(0, os.path.abspath('../src'))
        """,
    )
    text = work.exported(
        lambda _, cell: "# In[ ]\n" if cell["cell_type"] == "code" else "", head="# %config x"
    )
    return as_files(work.script, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), {})


@case("VS Code")
def line_ends_of_windows(work):
    for cell in work.cells:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    work.metadata["vscode"] = {"interpreter": {"hash": "31f2"}}
    stored = work.stored().replace(b"\n", b"\r\n")
    return as_files(work.notebook, b"\xef\xbb\xbf" + stored, {})


@case("script")
def program_with_a_main(work):
    head = '''
        """My answers."""

        from __future__ import annotations

        import argparse
        import logging
        import os
        import random
        import sys
        import warnings
        from pathlib import Path

        HERE = Path(__file__).resolve().parent
        os.chdir(os.path.dirname(os.path.abspath(__file__)))
        sys.path.append(str(HERE.parent))
        sys.stdout.reconfigure(encoding='utf-8')
        warnings.filterwarnings('ignore')
        logging.basicConfig(level=logging.DEBUG)
        random.seed(0)
        parser = argparse.ArgumentParser()
        parser.add_argument('--epochs', type=int, default=10)
        options, _ = parser.parse_known_args()
    '''
    tail = """
        def main(arguments=None):
            options = parser.parse_args(arguments)
            print(len(sys.argv), options.epochs)
            return 0


        if __name__ == '__main__':
            sys.exit(main())
    """
    return as_files(work.script, work.plain(head, tail), {})


@case("script")
def program_that_ends_itself(work):
    head = """
        import sys
        if len(sys.argv) > 5:
            exit(1)
        import no_such_package
        from math import no_such_name
    """
    return as_files(work.script, work.plain(head, "print('finished')\nquit()\nexit(0)"), {})


@case("script")
def program_of_pieces(work):
    """Answers in a module of the student's own, beside the program that is handed in."""
    first, *others = work.answered_cells()
    work.files["answers_1.py"] = (work.imports["source"] + "\n\n\n" + first["source"] + "\n").encode()
    text = "\n\n\n".join(["from answers_1 import *", work.imports["source"], *map(text_of, others)]) + "\n"
    return as_files(work.script, text, work.files)
