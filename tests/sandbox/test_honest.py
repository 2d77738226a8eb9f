"""What students do without any harm in mind works."""

from collections.abc import Iterator

import numpy as np
import pytest

from grader.limits import Limits
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session

from .conftest import notebook


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(
        preload=["numpy", "numpy.random"], data_files={"data.csv": b"1,2\n3,4\n"}, limits=Limits()
    ) as made:
        yield made


def loaded(run, *cells):
    session = run(*cells)
    assert session.report.errors == {}
    return session


@pytest.mark.parametrize(
    "code",
    [
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('a.png')\nplt.show()",
        "import matplotlib\nfrom matplotlib import font_manager\n"
        "for f in font_manager.fontManager.ttflist: assert f.fname.startswith(matplotlib.get_data_path()), f",
        "import pandas as pd\nx = pd.read_csv('data.csv', header=None).to_numpy().sum()\nassert x == 10",
        "import scipy.optimize\nassert abs(scipy.optimize.brentq(lambda x: x - 1, 0, 3) - 1) < 1e-9",
        "import numpy as np\nx = np.loadtxt('data.csv', delimiter=',')\nassert x.shape == (2, 2)",
        "import threading\nout = []\nt = [threading.Thread(target=out.append, args=(i,)) for i in range(8)]\n"
        "[x.start() for x in t]\n[x.join() for x in t]\nassert len(out) == 8",
        "from concurrent.futures import ThreadPoolExecutor\nassert list(ThreadPoolExecutor(4).map(abs, [-1])) == [1]",
        "import asyncio\nasync def f(): return 3\nassert asyncio.run(f()) == 3",
        "import asyncio\nawait asyncio.sleep(0)",
        "from tqdm import tqdm\nassert sum(tqdm(range(5))) == 10",
        "%timeit -n 2 -r 2 sum(range(10))",
        "%%time\nx = 1",
        "!pip install numpy\n%pip install numpy",
        "import tempfile\nwith tempfile.NamedTemporaryFile('w') as f: f.write('x')",
        "import pickle\npickle.dump([1], open('p', 'wb'))\nassert pickle.load(open('p', 'rb')) == [1]",
        "import logging, warnings\nlogging.warning('x')\nwarnings.warn('x')",
        "import otter\ngrader = otter.Notebook('ps1.ipynb')\ngrader.check('q1')\ngrader.check_all()\ngrader.export()",
        "from pathlib import Path\nPath('d').mkdir()\nPath('d/x').write_text('1')\nassert open('d/x').read() == '1'",
        "import shutil\nfrom pathlib import Path\nshutil.copy2('data.csv', 'copy.csv')\nPath('copy.csv').touch()",
        "display([1, 2])\n{'a': 1}",
        "import numpy as np\nnp.save('a.npy', np.ones(3))\nassert np.load('a.npy').sum() == 3",
        "import random, uuid, hashlib, datetime, json, csv, io\nuuid.uuid4()",
        "import sys\nsys.setrecursionlimit(5000)\ndef f(n): return n and f(n - 1)\nf(3000)",
    ],
)  # fmt: skip
def test_honest_cells(run, code):
    if "pandas" in code or "scipy" in code or "tqdm" in code:
        pytest.importorskip(code.split()[1].split(".")[0])
    loaded(run, code)


def test_scikit_learn(run):
    pytest.importorskip("sklearn")
    loaded(run, "from sklearn.linear_model import LogisticRegression\nimport numpy as np",
           "m = LogisticRegression().fit(np.eye(4), [0, 0, 1, 1])\nn = m.predict(np.eye(4))")  # fmt: skip


def test_a_large_answer_is_an_answer(run):
    session = loaded(
        run, "import numpy as np\ndef f(): return np.arange(4_000_000.0)\ndef g(): return list(range(50_000))"
    )
    assert np.array_equal(session.calls("f", [((), {})])[0].value, np.arange(4_000_000.0))
    assert session.calls("g", [((), {})])[0].value == list(range(50_000))


def test_an_answer_too_large_says_so(run):
    session = loaded(run, "import numpy as np\ndef f(): return np.zeros(10**7)")
    with pytest.raises(Exception, match="cannot be checked") as caught:
        session.calls("f", [((), {})])
    assert "too large" in str(caught.value)


def test_pandas_values_are_arrays(run):
    pytest.importorskip("pandas")
    session = run("import pandas as pd", "def f(): return pd.Series([1.0, 2.0])")
    assert np.array_equal(session.calls("f", [((), {})])[0].value, [1.0, 2.0])


def test_the_global_generators_are_seeded_alike(run):
    code = "import random, numpy as np\nx = [random.random(), float(np.random.rand())]"
    assert run(code).variable("x") == run(code).variable("x")


def test_a_module_beside_the_notebook_is_imported(sandbox):
    files = {"ps.ipynb": notebook("import helper\nx = helper.x"), "helper.py": b"x = 5"}
    with Session(sandbox, files, "ps", 1) as session:
        session.load()
        assert session.variable("x") == 5
