"""Order, state, and what is left behind."""

from __future__ import annotations

from tests.honest.case import case
from tests.honest.work import code


@case("Jupyter")
def del_np_at_the_end(work):
    work.last("del np")


@case("Jupyter")
def reset_at_the_end(work):
    work.last("%reset -f")


@case("Jupyter")
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


@case("Jupyter")
def numpy_changed_at_the_end(work):
    """Later cells that break what the answers use, in numpy itself and in the helpers' place."""
    work.last(
        """
        np.exp = np.zeros = np.array = np.arange = np.asarray = np.sum = np.mean = None
        np.random.default_rng = None
        """
    )


@case("Jupyter")
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


@case("Jupyter")
def tried_before_and_after(work):
    """Wrong first tries above, the right answer below, and calls before anything is defined."""
    for name in reversed(work.functions):
        work.first(f"def {name}(*arguments, **named):\n    return None")
    work.first(f"{work.functions[0]}(1)")
    work.between(f"{work.last_function}()", f"first_try = {work.functions[0]}")


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
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


@case("Jupyter")
def missing_package_alone(work):
    """A package that grading lacks, imported in a cell of its own."""
    work.first(
        """
        import torch
        from torch import nn
        """,
        "device = 'cuda' if torch.cuda.is_available() else 'cpu'",
    )


@case("Jupyter", "anything", says="torch")
def missing_package(work):
    """In the cell that imports numpy too: whatever that costs, everybody is told of torch."""
    work.above_the_imports("import torch")


@case("Jupyter")
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
