"""Jupyter: what is printed, and IPython's own lines."""

from __future__ import annotations

from grader.simulate.answers import defined
from tests.honest.case import case
from tests.honest.work import code


@case("Jupyter")
def as_it_was_handed_out(work):
    """Nothing but answers."""


@case("Jupyter")
def print_half_emoji(work):
    work.last('print("\\ud83d")')


@case("Jupyter")
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


@case("Jupyter")
def magic_cd(work):
    work.above_the_imports("%cd .")


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
def a_module_written_from_a_cell(work):
    """``%%writefile``, then an import of it; the answer itself lies in the module."""
    cell = work.answered_cells()[0]
    names = ", ".join(defined(cell["source"]))
    module = "%%writefile mylib.py\n" + work.imports["source"] + "\n\n\n" + cell["source"]
    place = next(k for k, one in enumerate(work.cells) if one is cell)
    work.cells[place : place + 1] = [code(module), code(f"import mylib\nfrom mylib import {names}")]


@case("Jupyter")
def gui_backend(work):
    work.above_the_imports("""
        import matplotlib
        matplotlib.use("TkAgg")
    """)


@case("Jupyter")
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
