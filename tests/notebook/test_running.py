"""What runs on a student's machine runs here: habits of notebooks, and lines that only another machine can serve."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from tests.notebook.running import run


@pytest.mark.parametrize(
    "line",
    [
        "import torch",
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "from google.colab import files; uploaded = files.upload(); names = list(uploaded)",
        "from google.colab import userdata\nkey = userdata.get('KEY')\nimport os\nos.environ['KEY'] = key",
        "from kaggle_secrets import UserSecretsClient\nsecret = UserSecretsClient().get_secret('x')",
        "import os\nwhere = os.environ['DEEPNOTE_PROJECT_ID']",
        "data = open('/kaggle/input/digits/train.csv').read()\nrows = data.split()",
        "name = input('your name: ')",
        "%watermark -v -m",
        "%%nb_timer\n",
        "import urllib.request\nurllib.request.urlopen('http://localhost:9/x').read()",
        "lines = !nvidia-smi\nprint(lines[0])\ncount = int(lines[0])\nhalf = count // 2",
        "import matplotlib.pyplot as plt\nplt.get_current_fig_manager().window.state('zoomed')",
        "_dntk.execute_sql('SELECT 1')\ndbutils.fs.ls('/')",
        "import locale\nlocale.setlocale(locale.LC_ALL, 'xx_XX')",
        "import os\nos.chdir('/content/drive/MyDrive')",
        "import subprocess\nsubprocess.run(['no-such-program'])",
        "try:\n    import torch\nexcept ImportError as error:\n    raise RuntimeError('install torch') from error",
    ],
)
def test_a_line_that_this_machine_cannot_serve_takes_nothing_along(line):
    ran = run(f"{line}\nimport numpy as np\ndef f(): return np.ones(2).sum()", "y = f()", values=("y",))
    assert ran.values == {"y": "np.float64(2.0)"}
    assert all(stop.went_on for stop in ran.stops.values())


@pytest.mark.parametrize(
    "line",
    [
        "%cd nowhere\n%cd .\n%cd -q\n%pwd",
        "%pushd .\n%popd\n%dirs",
        "%bookmark here\n%cd -b here\n%bookmark -l",
        "%store x\n%autosave 60\n%clear",
        "found = !ls\nassert (found.n, found.s, found.l, len(found)) == ('', '', [], 0)\n'\\n'.join(found)",
        "!ls\nget_ipython().system('ls')\nassert get_ipython().getoutput('ls') == []",
        "%env A=1\nimport os\nassert os.environ['A'] == '1'",
        "print('\\ud83d')",
        "import logging\nlogging.warning('\\udcff')",
        "import sys\nsys.stdout.reconfigure(encoding='utf-8')\nsys.stdout.buffer.write(b'x')",
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint(1, flush=True)",
        "get_ipython().magic('matplotlib inline')\nget_ipython().magic('%time 1')",
        "exit()",
        "quit",
        "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
        "import matplotlib.pyplot as plt\nplt.switch_backend('Qt5Agg')\nplt.figure()",
        "import os\nos.environ['MPLBACKEND'] = 'TkAgg'\nimport matplotlib.pyplot as plt\nplt.figure()",
        "import matplotlib as mpl\nmpl.rcParams['backend'] = 'TkAgg'\nimport matplotlib.pyplot as plt\nplt.figure()",
        "%matplotlib widget\n%gui qt\n%config InlineBackend.figure_format = 'svg'",
        "%pylab inline\nassert linspace(0, 1, 3)[1] == np.array(0.5)",
        "%%time\nz = 1",
        "%%capture\nimport math\nz = math.pi",
        "%%unknown --option\nz = 1",
        "%%writefile helper.py\ndef g(): return 3",
        "import otter\ngrader = otter.Notebook('x.ipynb')\ngrader.check('q1')\ngrader.check_all()",
        "await __import__('asyncio').sleep(0)",
    ],
)
def test_what_notebooks_do_raises_nothing(line):
    ran = run(line, "done = 1", values=("done",))
    assert ran.stops == {}
    assert ran.values == {"done": "1"}


def test_a_student_s_own_error_ends_its_cell_as_in_a_kernel():
    ran = run("a = 1\n1/0\nb = 2", values=("a", "b"))
    assert ran.values == {"a": "1"}
    assert (ran.stops[0].exception, ran.stops[0].line, ran.stops[0].went_on) == (
        "ZeroDivisionError",
        2,
        False,
    )
    assert ran.notes.lacking == {"b": 0}


def test_a_name_is_lacking_until_something_binds_it():
    ran = run("import torch\nx = torch.ones(2)", "x = 1", "y = torch.zeros(3)\nz = 2", values=("x", "z"))
    assert ran.values == {"x": "1", "z": "2"}
    assert ran.notes.lacking == {"torch": 0, "y": 2}
    assert ran.stops[2].text == "name 'torch' is not defined"


def test_a_cell_that_is_no_python_lacks_what_its_lines_begin():
    ran = run("import numpy as np\ndef softmax(z):\n    return (z\n\nX = 3\nfrom math import pi as p")
    assert ran.notes.lacking == {"np": 0, "softmax": 0, "X": 0, "p": 0}


def test_the_first_line_of_its_own_is_told_of_an_error_from_another_cell():
    ran = run("def f():\n\n\n    return 1/0", "x = 1\nf()")
    assert ran.stops[1].line == 2


def test_text_that_utf_8_cannot_hold_is_shown_with_a_replacement():
    ran = run("print('a\\ud83db')", "raise ValueError('c\\udcffd')")
    assert "a?b" in ran.output
    assert ran.stops[1].text == "c?d"


def test_what_is_skipped_is_lacking():
    ran = run("a = 1", "b = 2", "c = 3", skip=[1], values=("a", "b", "c"))
    assert ran.values == {"a": "1", "c": "3"}
    assert ran.notes.lacking == {"b": 1}


def test_what_there_is_no_time_for_is_lacking(monkeypatch):
    now = itertools.count(
        step=10
    )  # each look at the clock is ten seconds later, whatever else the machine does
    monkeypatch.setattr("grader.notebook.run.time", SimpleNamespace(monotonic=lambda: next(now)))
    ran = run("a = 1", "b = 2", "c = 3", seconds=15, values=("a", "b", "c"))
    assert ran.values == {"a": "1"}
    assert (ran.notes.unrun, ran.notes.lacking) == (1, {"b": 1, "c": 2})


def test_it_can_end_before_a_cell():
    ran = run("a = 1", "del a", until=0, values=("a",))
    assert ran.values == {"a": "1"}
