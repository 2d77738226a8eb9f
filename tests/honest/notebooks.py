"""Right answers as people hand them in: from Colab, Kaggle, Deepnote, VS Code, Jupyter and editors.

Each is made of any problem set's handout and its reference, has a few habits, and says what they cost: nothing, unless
it says so. What grading lacks (a package, a mounted drive, somebody at the keyboard) its student's machine had.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.pset import ProblemSet
from grader.simulate.answers import Notebook
from tests.honest.work import Cell, Work, as_files, code, markdown, text_of

__all__ = ["CASES", "Case", "handout_in"]

Make = Callable[[Work], Mapping[str, bytes] | None]


@dataclass(frozen=True)
class Case:
    """One person's way of handing in a right answer."""

    name: str
    style: str
    """Where it was written."""
    make: Make
    costs: Literal["nothing", "the last question", "anything"] = "nothing"
    says: str = ""
    """A pattern that every message of a failed test fits."""
    never: str = ""
    """A pattern that no message may fit."""

    def files(self, problem_set: ProblemSet, handout: Notebook) -> dict[str, bytes]:
        """What is handed in, the notebook or program first."""
        work = Work(problem_set, handout)
        made = self.make(work)
        return dict(made) if made else as_files(work.notebook, work.stored(), work.files)


def handout_in(folder: Path) -> Notebook:
    """The one notebook of a student's folder."""
    (file,) = folder.glob("*.ipynb")
    notebook: Notebook = json.loads(file.read_text(encoding="utf-8"))
    return notebook


_cases: list[Case] = []


def _case(
    style: str,
    costs: Literal["nothing", "the last question", "anything"] = "nothing",
    *,
    says: str = "",
    never: str = "",
) -> Callable[[Make], Make]:
    def kept(make: Make) -> Make:
        _cases.append(Case(make.__name__, style, make, costs, says, never))  # type: ignore[attr-defined]
        return make

    return kept


# Jupyter: what is printed, and IPython's own lines ----------------------------------------------------------------


@_case("Jupyter")
def as_it_was_handed_out(work):
    """Nothing but answers."""


@_case("Jupyter")
def print_half_emoji(work):
    work.last('print("\\ud83d")')


@_case("Jupyter")
def half_emoji_everywhere(work):
    """Logged, warned of, written to the error stream, shown, in an exception's text and in a name of a file."""
    work.between(
        r"""
        import logging
        logging.basicConfig(level="INFO")
        logging.info("done \ud83d\ude00 \udc80")
        """,
        r"""
        import sys, warnings
        warnings.warn("\ud83d")
        print("\udcff", file=sys.stderr)
        sys.stdout.write("\ud83d")
        """,
        r"""
        display("\ud83d")
        {"\ud83d": "👩‍🔬 \udcff"}
        """,
    )
    work.last(
        'raise ValueError("\\ud83d")',
        'open("\\ud83d.txt", "w")',
        r"""
        from IPython.display import HTML, Markdown, display
        display(HTML("\ud83d"), Markdown("\ud83d"))
        """,
        "print('🤖 Ω \\x00 \\x1b[31m red \\r \\x08')",
    )


@_case("Jupyter")
def magic_cd(work):
    work.above_the_imports("%cd .")


@_case("Jupyter")
def folders_by_magics(work):
    work.above_the_imports(
        """
        %cd -q no_such_folder
        %pushd .
        %popd
        %bookmark here .
        %pwd
        folder = %pwd
        %mkdir -p plots
        %ls
        %dirs
        %dhist
        """
    )
    work.last(
        """
        %cd ..
        %pwd
        """,
        "%cd ~",
        "%cd -",
    )


@_case("Jupyter")
def magics_of_every_day(work):
    work.first(
        """
        %load_ext autoreload
        %autoreload 2
        %matplotlib inline
        %config InlineBackend.figure_format = 'retina'
        """
    )
    work.above_the_imports(
        """
        %reload_ext autoreload
        %load_ext tensorboard
        %load_ext line_profiler
        %env OMP_NUM_THREADS=1
        %precision 4
        %xmode Minimal
        %pip install -q numpy
        %conda install -y matplotlib
        """
    )
    work.last(
        """
        %who
        %whos
        %history -n 1-3
        %lsmagic
        %time sum(range(10))
        %timeit -n1 -r1 sum(range(10))
        %prun sum([1])
        """
    )
    work.last(
        """
        print?
        np.exp??
        ?len
        """,
        """
        %store -r
        %save -f mine.py 1
        %notebook mine2.ipynb
        %logstart
        %rerun
        %debug
        """,
    )


@_case("Jupyter")
def whole_cells_of_magics(work):
    """Answers under ``%%time`` and ``%%capture``, and cells in other languages."""
    first, second, *_ = work.answered_cells()
    first["source"] = "%%time\n" + first["source"]
    second["source"] = "%%capture output\n" + second["source"]
    work.imports["source"] = "%%capture\n!pip install -q otter-grader\n" + work.imports["source"]
    work.between(
        """
        %%timeit -n 1 -r 1
        sum(range(10))
        """,
        """
        %%bash
        echo hello
        ls | wc -l
        false
        """,
        """
        %%html
        <b>bold</b>
        """,
        """
        %%javascript
        alert(1)
        """,
        """
        %%latex
        $x^2$
        """,
        """
        %%script false --no-raise-error
        not python
        """,
        """
        %%sh
        uname -a
        """,
    )
    work.last(
        """
        %%prun -q
        sum(range(10))
        """,
        """
        %%sql
        select 1
        """,
        """
        %%perl
        print 1
        """,
        """
        %%R
        x <- 1
        """,
        """
        %%file notes.txt
        hello
        """,
    )


@_case("Jupyter")
def every_backend_of_plots(work):
    work.above_the_imports("""
        %matplotlib widget
        %matplotlib notebook
        %matplotlib qt
        %matplotlib tk
    """)
    work.last(
        """
        %matplotlib inline
        plt.ion()
        plt.plot([1, 2])
        plt.show(block=True)
        """,
        "%matplotlib --list",
    )


@_case("Jupyter")
def a_module_written_from_a_cell(work):
    """``%%writefile``, then an import of it; the answer itself lies in the module."""
    name = work.functions[0]
    cell = work.answer(name)
    module = "%%writefile mylib.py\n" + work.imports["source"] + "\n\n\n" + cell["source"]
    place = next(k for k, one in enumerate(work.cells) if one is cell)
    work.cells[place : place + 1] = [code(module), code(f"import mylib\nfrom mylib import {name}")]


@_case("Jupyter")
def gui_backend(work):
    work.above_the_imports("""
        import matplotlib
        matplotlib.use("TkAgg")
    """)


@_case("Jupyter")
def looks_of_plots(work):
    """A style that newer versions do not have, fonts, LaTeX, windows that wait to be closed."""
    work.below_the_imports(
        """
        plt.rcParams["font.family"] = "Comic Sans MS"
        plt.rcParams["figure.dpi"] = 300
        plt.switch_backend("QtAgg")
        plt.style.use("seaborn-whitegrid")
        """
    )
    work.last(
        """
        plt.figure()
        plt.plot([1, 2])
        plt.savefig('plot.png')
        plt.show()
        plt.close('all')
        """,
        "plt.pause(0.01)",
    )


# Jupyter: what the shell gives ------------------------------------------------------------------------------------


@_case("Colab")
def shell_output_joined(work):
    work.above_the_imports(
        r"""
        gpu_info = !nvidia-smi
        gpu_info = "\n".join(gpu_info)
        if gpu_info.find("failed") >= 0: print("no GPU")
        """
    )


@_case("Jupyter")
def shell_output_counted(work):
    work.above_the_imports("""
        files = !ls
        print(len(files), "files")
    """)


@_case("Jupyter")
def shell_output_in_every_form(work):
    work.above_the_imports(
        """
        out = !nvidia-smi
        print(out[0] if out else 'no GPU')
        print(out.n, out.s, out.l, out.grep('GPU'), out.fields(0))
        count = !ls | wc -l
        count = int(count[0]) if count else 0
        files = %sx ls *.csv
        listed = !!ls
        for name in files:
            !head -n 1 {name}
        if len(out) > 3:
            !nvidia-smi -L
        !echo $HOME $$PATH {count}
        !cd .. && pwd
        """
    )
    work.last(
        "!jupyter nbconvert --to pdf ps1.ipynb",
        """
        %system ls
        %sc -l lines=ls
        !!ls
        """,
    )


@_case("Jupyter")
def ipython_asked_by_its_interface(work):
    work.above_the_imports(
        """
        from IPython import get_ipython
        ipython = get_ipython()
        if ipython is not None:
            ipython.run_line_magic('matplotlib', 'inline')
            ipython.run_line_magic('load_ext', 'autoreload')
            ipython.magic('autoreload 2')
            ipython.system('pip install -q numpy')
            listed = ipython.getoutput('ls')
            print(len(listed))
        print(get_ipython().__class__.__name__ == 'ZMQInteractiveShell', 'google.colab' in str(get_ipython()))
        from IPython.core.interactiveshell import InteractiveShell
        InteractiveShell.ast_node_interactivity = 'all'
        get_ipython().ast_node_interactivity = 'all'
        """
    )
    work.last(
        """
        1 + 1
        _ + 1
        Out[-1]
        """,
        "In[-1], _ih, _oh, __",
        "get_ipython().kernel.do_shutdown(True)",
    )


# Who runs it, and where -------------------------------------------------------------------------------------------


@_case("Jupyter")
def user_from_environment(work):
    work.above_the_imports("""
        import os
        user = os.environ["USER"]
    """)


@_case("Jupyter")
def user_from_getpass(work):
    work.above_the_imports("""
        import getpass
        print("run by", getpass.getuser())
    """)


@_case("Jupyter")
def the_machine_described(work):
    work.above_the_imports(
        """
        import getpass, multiprocessing, os, pathlib, platform, socket, sys, tempfile
        print(getpass.getuser(), pathlib.Path.home(), os.path.expanduser('~'), os.environ['HOME'])
        print(platform.platform(), platform.node(), socket.gethostname(), os.getcwd(), tempfile.gettempdir())
        print(multiprocessing.cpu_count(), os.cpu_count(), sys.version, sys.executable, os.environ['PATH'])
        JOBS = max(1, multiprocessing.cpu_count() - 1)
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument('--epochs', type=int, default=10)
        options, unknown = parser.parse_known_args()
        print(sys.argv[0], len(sys.argv), options.epochs)
        """
    )


@_case("Jupyter")
def user_from_the_terminal(work):
    """A kernel has no terminal either: the line fails in many places."""
    work.above_the_imports("""
        import os
        AUTHOR = os.getlogin()
    """)


@_case("Jupyter")
def words_of_another_country(work):
    work.above_the_imports("""
        import locale
        locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')
    """)


@_case("Jupyter")
def asked_at_the_keyboard(work):
    work.first("""
        try:
            name = input('Your name? ')
        except Exception:
            name = 'nobody'
    """)
    work.last(
        "again = input('Again? ')",
        """
        import getpass
        secret = getpass.getpass()
        """,
        "breakpoint()",
        "help()",
    )


# Colab ------------------------------------------------------------------------------------------------------------


@_case("Colab")
def colab_drive(work):
    work.above_the_imports("""
        from google.colab import drive
        drive.mount("/content/drive")
    """)


@_case("Colab")
def colab_with_everything(work):
    work.metadata |= {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
    work.first(
        "!pip install -q otter-grader",
        """
        %%capture
        !apt-get -qq install graphviz
        !pip install -U numpy
        """,
    )
    work.above_the_imports(
        """
        #@title Setup { display-mode: "form" }
        learning_rate = 0.1 #@param {type:"slider", min:0, max:1, step:0.1}
        #@markdown Run this cell first.
        from google.colab import auth, data_table, drive, files, output, userdata
        from google.colab.patches import cv2_imshow
        import google.colab.output
        drive.mount('/content/drive', force_remount=True)
        %cd /content/drive/MyDrive/homework
        auth.authenticate_user()
        data_table.enable_dataframe_formatter()
        output.enable_custom_widget_manager()
        %load_ext google.colab.data_table
        %tensorflow_version 2.x
        %shell ls
        %unload_ext google.colab.data_table
        """
    )
    work.between(
        """
        try:
            key = userdata.get('WANDB_API_KEY')
        except Exception:
            key = None
        """,
        """
        uploaded = files.upload()
        for name in uploaded.keys():
            print(name, len(uploaded[name]))
        """,
        """
        output.eval_js('new Audio().play()')
        output.clear()
        """,
    )
    work.last(
        """
        files.download('ps.ipynb')
        drive.flush_and_unmount()
        """,
        "files.view('/content')",
        "!rm -rf sample_data",
    )


@_case("Colab")
def colab_noticed(work):
    """A stand-in for Colab must not lead into what only Colab has, nor past the imports."""
    work.above_the_imports(
        """
        import sys
        try:
            import google.colab
            IN_COLAB = True
        except ImportError:
            IN_COLAB = False
        if IN_COLAB or 'google.colab' in sys.modules:
            from google.colab import drive
            drive.mount('/content/drive')
            FOLDER = '/content/drive/MyDrive/hw/'
            !git clone https://example.org/hw.git
            %cd hw
            sys.path.append(FOLDER)
        else:
            FOLDER = './'
        """
    )
    work.last("print(open(FOLDER + 'notes.txt').read())")


@_case("Colab")
def colab_drive_in_a_folder_that_is_not_here(work):
    work.first(
        """
        import os
        from google.colab import drive
        drive.mount('/content/drive')
        os.chdir('/content/drive/MyDrive/cs/hw')
        """,
        """
        !ls /content/drive/MyDrive
        !unzip -q /content/drive/MyDrive/data.zip -d .
        """,
    )


# Kaggle -----------------------------------------------------------------------------------------------------------


@_case("Kaggle")
def kaggles_own_first_cell(work):
    work.metadata["kaggle"] = {"accelerator": "none", "dataSources": [], "isInternetEnabled": True}
    opening = """
        # This Python 3 environment comes with many helpful analytics libraries installed

        import numpy as np # linear algebra
        import pandas as pd # data processing, CSV file I/O (e.g. pd.read_csv)

        import os
        for dirname, _, filenames in os.walk('/kaggle/input'):
            for filename in filenames:
                print(os.path.join(dirname, filename))
    """
    work.first(code(opening, _uuid="8f2839f25d086af736a60e9eeb907d3b93b6e0e5", trusted=True))
    work.last("train_frame = pd.read_csv('/kaggle/input/titanic/train.csv')", "os.listdir('/kaggle/working')")


@_case("Kaggle")
def kaggle_secrets(work):
    work.above_the_imports(
        """
        from kaggle_secrets import UserSecretsClient
        secrets = UserSecretsClient()
        from kaggle_datasets import KaggleDatasets
        """
    )
    work.last(
        """
        token = secrets.get_secret('token')
        print(len(token))
        """,
        """
        import kagglehub
        path = kagglehub.dataset_download('a/b')
        """,
    )


# Deepnote ---------------------------------------------------------------------------------------------------------


@_case("Deepnote")
def deepnote(work):
    work.metadata |= {"deepnote": {}, "deepnote_notebook_id": "0f3e", "deepnote_execution_queue": []}
    for number, cell in enumerate(work.cells):
        kind = "code" if cell["cell_type"] == "code" else "text-cell-p"
        cell["metadata"] |= {
            "cell_id": f"{number:05}",
            "deepnote_cell_type": kind,
            "source_hash": "1b",
            "tags": [],
        }
    work.above_the_imports(
        """
        import deepnote_toolkit
        import deepnote_toolkit as _dntk
        deepnote_toolkit.set_integration_env()
        """
    )
    work.last(
        "_deepnote_run_altair(frame, '''{\"mark\": \"bar\"}''')",
        """
        df_1 = _dntk.execute_sql('SELECT 1', 'SQL_DEEPNOTE_DATAFRAME_SQL')
        df_1
        """,
        """
        # Start writing code here...
        DeepnoteChart = _dntk.DeepnoteChart(df_1, '{}')
        """,
        markdown(
            "<a style='text-decoration:none' href='https://deepnote.com?utm_source=created-in-deepnote-cell'>"
            "Created in <span>Deepnote</span></a>",
            created_in_deepnote_cell=True, deepnote_cell_type="markdown",
        ),
    )  # fmt: skip


# VS Code and other editors: programs ------------------------------------------------------------------------------


@_case("script")
def exported(work):
    """With lines above the answers that only a notebook's machine could serve."""
    text = work.plain("!pip install numpy\nimport google.colab")
    return as_files(work.script, text, {})


@_case("script")
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


@_case("script")
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


@_case("script")
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


@_case("VS Code")
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


@_case("VS Code")
def line_ends_of_windows(work):
    for cell in work.cells:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    work.metadata["vscode"] = {"interpreter": {"hash": "31f2"}}
    stored = work.stored().replace(b"\n", b"\r\n")
    return as_files(work.notebook, b"\xef\xbb\xbf" + stored, {})


@_case("script")
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


@_case("script")
def program_that_ends_itself(work):
    head = """
        import sys
        if len(sys.argv) > 5:
            exit(1)
        import no_such_package
        from math import no_such_name
    """
    return as_files(work.script, work.plain(head, "print('finished')\nquit()\nexit(0)"), {})


@_case("script")
def program_of_pieces(work):
    """Answers in a module of the student's own, beside the program that is handed in."""
    first, *others = work.answered_cells()
    work.files["answers_1.py"] = (work.imports["source"] + "\n\n\n" + first["source"] + "\n").encode()
    text = "\n\n\n".join(["from answers_1 import *", work.imports["source"], *map(text_of, others)]) + "\n"
    return as_files(work.script, text, work.files)


# Order, state and what is left behind -----------------------------------------------------------------------------


@_case("Jupyter")
def del_np_at_the_end(work):
    work.last("del np")


@_case("Jupyter")
def reset_at_the_end(work):
    work.last("%reset -f")


@_case("Jupyter")
def builtins_taken_as_names(work):
    """Experiments at the end that put numbers where the answers above expect functions."""
    work.last(
        """
        sum = 0
        for k in [1, 2]:
            sum += k
        len = 2
        range = (0, 1)
        max, min, abs = 3, 1, 2
        list = [1]
        dict = {}
        float = 1.0
        int = 1
        zip = enumerate = sorted = tuple = set = any = all = None
        """,
        "np = 3",
    )


@_case("Jupyter")
def numpy_changed_at_the_end(work):
    """Later cells that break what the answers use, in numpy itself and in the helpers' place."""
    work.last(
        """
        np.exp = np.zeros = np.array = np.arange = np.asarray = np.sum = np.mean = None
        np.random.default_rng = None
        """
    )


@_case("Jupyter")
def names_cleared_up(work):
    work.between("""
        helper_of_mine = 3
        temporary = [helper_of_mine]
        del helper_of_mine, temporary
    """)
    work.last(
        """
        for name in list(globals()):
            if not name.startswith('_'):
                del globals()[name]
        del name
        """
    )


@_case("Jupyter")
def tried_before_and_after(work):
    """Wrong first tries above, the right answer below, and calls before anything is defined."""
    for name in reversed(work.functions):
        work.first(f"def {name}(*arguments):\n    return None")
    work.first(f"{work.functions[0]}(1)")
    work.between(f"{work.last_function}()", f"first_try = {work.functions[0]}")


@_case("Jupyter")
def scratch_that_raises(work):
    work.first("1 / 0", "import no_such_package_at_all", "from numpy import no_such_name")
    work.between(
        "undefined + 1", "assert False, 'not yet'", "{}['key']", "raise KeyboardInterrupt", "raise SystemExit(3)",
        """
        def f(n):
            return f(n + 1)
        f(0)
        """, "print(open('no_such_file.csv').read())",
    )  # fmt: skip
    work.last(
        "exit()",
        "quit",
        """
        import sys
        sys.exit('bye')
        """,
        """
        class Own(Exception): pass
        raise Own
        """,
        "x = = 1",
    )


@_case("Jupyter")
def unfinished_last_cell(work):
    work.last(
        """
        for epoch in range(3):
            plt.plot(history
        """,
        "# TODO",
        "",
        "   ",
        "...",
    )


@_case("Jupyter")
def cells_to_be_skipped_or_to_raise(work):
    work.between(
        code(
            """
            del np, plt
            raise RuntimeError('not to be run')
            """,
            "skip-execution",
        ),
        code("raise ValueError('as expected')", "raises-exception"),
    )
    work.last(
        code(
            """
            import time
            time.sleep(12)
            np = plt = None
            """,
            "skip-execution",
        ),
        code("np = None", "hide", "skip-execution"),
    )


@_case("Jupyter")
def nbgraders_own_cells(work):
    for number, cell in enumerate(work.cells):
        solution = cell in work.answered_cells()
        cell["metadata"]["nbgrader"] = {
            "grade": False, "grade_id": f"cell-{number}", "locked": not solution, "schema_version": 3,
            "solution": solution, "task": False,
        }  # fmt: skip
    work.in_every_answer(lambda source: "### BEGIN SOLUTION\n" + source + "\n### END SOLUTION")
    locked = {
        "grade": True,
        "grade_id": "t",
        "locked": True,
        "points": 2,
        "schema_version": 3,
        "solution": False,
    }
    work.last(
        code(
            """
            assert True
            ### BEGIN HIDDEN TESTS
            assert False
            ### END HIDDEN TESTS
            """,
            nbgrader=locked,
        ),
        code("""
            # YOUR CODE HERE
            raise NotImplementedError()
        """),
    )


@_case("Jupyter")
def chatty(work):
    """Long outputs, progress bars, widgets, rich displays."""
    work.between(
        """
        for k in range(30_000):
            print(k, 'loss', k / 7)
        """,
        "print('x' * 5_000_000)",
        """
        from tqdm.notebook import tqdm, trange
        for k in tqdm(range(5)): pass
        for k in trange(3): pass
        """,
        """
        from tqdm.auto import tqdm
        for k in tqdm(range(5), desc='epoch'): pass
        """,
        """
        from ipywidgets import interact, widgets
        @interact(k=(0, 10))
        def shown(k=3):
            print(k)
        widgets.IntSlider()
        """,
        """
        from IPython.display import HTML, Image, Latex, clear_output, display
        display(HTML('<b>x</b>'))
        clear_output(wait=True)
        """,
        "list(range(1_000_000))",
    )


@_case("Jupyter")
def seeds_and_settings(work):
    work.below_the_imports(
        """
        import logging, os, random, warnings
        warnings.filterwarnings('ignore')
        warnings.simplefilter('error', UserWarning)
        np.seterr(all='ignore')
        np.set_printoptions(precision=3, suppress=True, threshold=5)
        np.random.seed(42)
        random.seed(42)
        os.environ['PYTHONHASHSEED'] = '0'
        os.environ['OMP_NUM_THREADS'] = '4'
        logging.basicConfig(level=logging.DEBUG)
        logging.getLogger('matplotlib').setLevel(logging.DEBUG)
        rng = np.random.default_rng(0)
        """
    )
    work.last("""
        import sys
        sys.setrecursionlimit(20_000)
        np.random.seed(None)
        os.environ.clear()
    """)


@_case("Jupyter")
def at_the_same_time(work):
    """Threads, processes, coroutines."""
    work.between(
        """
        import threading
        stop = threading.Event()
        threading.Thread(target=stop.wait, daemon=True).start()
        """,
        """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor() as pool: print(list(pool.map(abs, [-1])))
        """,
        """
        import asyncio
        async def wait():
            await asyncio.sleep(0.01)
            return 1
        print(await wait())
        """,
        "asyncio.run(wait())",
        """
        async with asyncio.timeout(1):
            await asyncio.gather(wait(), wait())
        """,
        """
        from multiprocessing import Pool, cpu_count
        print(cpu_count())
        """,
        """
        import time
        def blink():
            while True:
                time.sleep(0.05)
        threading.Thread(target=blink, daemon=True).start()
        """,
    )


@_case("Jupyter")
def missing_package_alone(work):
    """A package that grading lacks, imported in a cell of its own."""
    work.first(
        """
        import torch
        from torch import nn
        """,
        "device = 'cuda' if torch.cuda.is_available() else 'cpu'",
    )


@_case("Jupyter", "anything", says="torch")
def missing_package(work):
    """In the cell that imports numpy too: whatever that costs, everybody is told of torch."""
    work.above_the_imports("import torch")


@_case("Jupyter")
def packages_asked_for_politely(work):
    work.above_the_imports(
        """
        try:
            import seaborn as sns
            sns.set_theme()
        except ImportError:
            sns = None
        try:
            from numba import njit
        except ModuleNotFoundError:
            def njit(function=None, **_):
                return function or (lambda inner: inner)
        import importlib.util
        HAS_TORCH = importlib.util.find_spec('torch') is not None
        try:
            import cupy as xp
        except ImportError:
            import numpy as xp
        """
    )


# Answers in another dress -----------------------------------------------------------------------------------------


@_case("VS Code")
def with_type_hints(work):
    def annotated(found: re.Match[str]) -> str:
        names = (name.partition("=") for name in found[2].split(", "))
        arguments = (f"{name}: ArrayLike" + (f" = {value}" if value else "") for name, _, value in names)
        return f"def {found[1]}({', '.join(arguments)}) -> Any:"

    work.below_the_imports(
        """
        from typing import Any, Callable, Optional
        from numpy.typing import ArrayLike, NDArray
        """
    )
    work.in_every_answer(lambda source: re.sub(r"(?m)^def (\w+)\((.*)\):$", annotated, source))
    work.first("from __future__ import annotations")


@_case("Jupyter")
def timed_answers(work):
    """Every answer behind a decorator of the student's own."""
    work.below_the_imports(
        """
        import functools, time
        def timed(function):
            @functools.wraps(function)
            def inner(*args, **kwargs):
                start = time.perf_counter()
                try:
                    return function(*args, **kwargs)
                finally:
                    inner.seconds = time.perf_counter() - start
            return inner
        """
    )
    asked = "|".join(work.functions)
    work.in_every_answer(lambda source: re.sub(rf"(?m)^(?=def ({asked})\()", "@timed\n", source))


@_case("Jupyter")
def answers_from_a_module_beside_it(work):
    """A second file, imported and run; what it prints does not matter."""
    work.files["utils.py"] = b"import numpy as np\nprint('imported')\nSCALE = 2\n"
    work.files["more/__init__.py"] = b""
    work.files["more/deep.py"] = '"""Späße."""\nfrom utils import SCALE\n'.encode()
    work.above_the_imports(
        """
        import utils
        from more.deep import SCALE
        from utils import *
        %run utils.py
        %run -i utils
        """
    )


@_case("Jupyter")
def saved_by_an_old_version(work):
    """The format of notebooks before version 4, lines in lists, numbers as text."""
    cells = [
        {
            "cell_type": cell["cell_type"], "metadata": {}, "language": "python", "prompt_number": 3,
            "input" if cell["cell_type"] == "code" else "source": cell["source"].splitlines(keepends=True),
            "outputs": [{"output_type": "pyout", "prompt_number": 3, "text": ["1\n"]}],
        }
        for cell in work.cells
    ]  # fmt: skip
    whole = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    return as_files(work.notebook, json.dumps(whole), {})


# Not all of it answered -------------------------------------------------------------------------------------------


@_case("Jupyter", "the last question", says="not answered yet", never=r"stopped")
def last_question_untouched(work):
    work.answer(work.last_function)["source"] = work.unanswered(work.last_function)


@_case("Jupyter", "the last question", says="Markdown", never=r"cell \d+ stopped")
def answer_in_markdown(work):
    """The whole answer stands in a cell that is not run; a later cell fails for the lack of it."""
    cell = work.answer(work.last_function)
    source = cell["source"]
    cell.clear()
    cell |= markdown(source)
    work.last(f"print({work.last_function}(1, 2, 3))")


@_case("Jupyter", "the last question", says="(?i)raw")
def answer_in_a_raw_cell(work):
    work.answer(work.last_function)["cell_type"] = "raw"


@_case("Jupyter", "the last question", says="did you mean")
def answer_under_another_name(work):
    cell = work.answer(work.last_function)
    cell["source"] = cell["source"].replace(f"def {work.last_function}(", f"def {work.last_function}2(")


@_case("Jupyter", "the last question", says="SyntaxError")
def answer_with_a_bracket_left_open(work):
    work.answer(work.last_function)["source"] += "\n    return np.array((1, 2)"


@_case("Jupyter", "the last question", says="raised NotImplementedError")
def answer_that_says_not_yet(work):
    """What nbgrader's handouts leave there."""
    work.answer(work.last_function)["source"] = (
        f"def {work.last_function}(*arguments):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    )


@_case("Jupyter", "the last question")
def answer_of_the_wrong_kind(work):
    work.answer(work.last_function)["source"] = f"def {work.last_function}(*arguments):\n    return 0"


@_case("Jupyter", "the last question", says="torch")
def answer_that_needs_a_missing_package(work):
    """Only the question that uses it is lost, and its message says what is missing."""
    work.first("import torch")
    work.answer(work.last_function)["source"] = (
        f"def {work.last_function}(*arguments):\n    return torch.tensor(arguments[0]).numpy()"
    )


CASES: tuple[Case, ...] = tuple(_cases)
