"""Answers in variables: run as functions they give what the notebook gives, and what cannot be run so is found."""

import ast
import os

import numpy as np
import pytest

from grader.pset import check_course, load_problem_set
from grader.pset.namespace import SolutionCode, solution_namespace
from grader.pset.values import as_asked, as_assigned, as_read, bound_in, solution_modules, with_derived
from grader.student import LocalStudent
from grader.validate.mutants import mutants

GIVEN = "import numpy as np\ndata = np.array([3.0, 1.0, 2.0, 8.0])"

NOTEBOOKS = {
    "an expression": ["a = data.mean()"],
    "an annotation": ["a: float = data.mean()"],
    "steps": ["low = data.min()\nhigh = data.max()\na = high - low"],
    "steps that are not needed": ["low = data.min()\nunused = 1 / 0 if False else 2\na = low"],
    "several targets": ["a = b = data.sum()"],
    "unpacked": ["a, b = data.min(), data.max()"],
    "a star": ["a, *rest = data\nb = len(rest)"],
    "a loop": ["a = 0\nfor x in data:\n    a += x"],
    "a loop variable": ["for a in data:\n    pass"],
    "a while": ["a = 1\nwhile a < 100:\n    a *= 3"],
    "a walrus": ["print(a := data.max())"],
    "a walrus in a condition": ["if (a := data.max()) > 2:\n    b = a"],
    "a branch": ["if data[0] > 2:\n    a = 'large'\nelse:\n    a = 'small'"],
    "a with": ["with np.errstate(all='ignore'):\n    a = data / 0"],
    "a try": ["try:\n    a = 1 / int('x')\nexcept ValueError:\n    a = None or 7"],
    "a method that changes it": ["a = list(data)\na.sort()\na.append(9)"],
    "an index": ["a = np.zeros(3)\na[1] = data[0]"],
    "numpy in place": ["a = np.zeros((2, 2))\nnp.fill_diagonal(a, data[0])"],
    "shuffled": ["rng = np.random.default_rng(3)\na = np.arange(5)\nrng.shuffle(a)"],
    "a helper of its own": ["def spread(x):\n    return x.max() - x.min()\n\na = spread(data)"],
    "a lambda": ["f = lambda x: x * 2\na = f(data[0])"],
    "an answer that uses another": ["a = data.mean()", "b = 2 * a"],
    "in one cell": ["a = data.mean()\nb = 2 * a"],
    "in a function": ["a = data.mean()", "def shifted(x):\n    return x - a\n\nb = shifted(1.0)"],
    "a name of a comprehension": ["a = 5", "b = [a for a in data]"],
    "a name of a lambda": ["a = 5", "b = (lambda a: a + 1)(2)"],
    "in a comprehension": ["a = 5", "b = [a * x for x in data]"],
    "given data that are changed": ["data = data[1:]", "a = data.sum()"],
    "given data changed by a method": ["names = ['b', 'a']\nnames.sort()", "a = names[0]"],
    "what the handout computes from an answer": [
        "a = data.mean()", "residuals = data - a\nsquares = residuals**2", "b = squares.sum()"
    ],
    "plots and prints": ["a = data.sum()\nprint(a)\nimport matplotlib.pyplot as plt\nline = [plt]", "b = a"],
}  # fmt: skip


@pytest.mark.parametrize("cells", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_functions_give_what_the_notebook_gives(cells):
    notebook = {}
    for cell in [GIVEN, *cells]:
        exec(cell, notebook)
    values = {name for name in ("a", "b") if name in notebook}
    namespace = {}
    for module in solution_modules([GIVEN, *cells], values):
        exec(compile(module, "solution", "exec"), namespace)
    for name in values:
        for _ in range(2):  # again and again
            np.testing.assert_equal(namespace[name](), notebook[name])


@pytest.mark.parametrize("cells", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_a_function_becomes_a_cell_that_binds_the_variable(cells):
    notebook = {}
    for cell in [GIVEN, *cells]:
        exec(cell, notebook)
    values = with_derived([GIVEN, *cells], {name for name in ("a", "b") if name in notebook})
    made = [node for module in solution_modules([GIVEN, *cells], values) for node in module.body]
    again = dict(notebook)
    for node in made:
        if isinstance(node, ast.FunctionDef) and node.name in ("a", "b"):
            del again[node.name]
            exec(ast.unparse(ast.Module(as_assigned([node], node.name, values), [])), again)
            np.testing.assert_equal(again[node.name], notebook[node.name])


def test_an_answer_follows_another_one_that_is_replaced():
    cells = [GIVEN, "a = data.mean()", "twice = 2 * a", "b = twice + 1"]
    namespace = {}
    for module in solution_modules(cells, {"a", "b"}):
        exec(compile(module, "solution", "exec"), namespace)
    namespace["a"] = lambda: 100.0
    assert namespace["b"]() == 201.0


def test_code_is_translated_there_and_back():
    asked = as_asked("a + f(b, lambda a: a)", {"a", "b"})
    assert asked == "a() + f(b(), lambda a: a)"
    (read,) = as_read(ast.parse(asked).body, {"a", "b"})
    assert ast.unparse(read) == "a + f(b, lambda a: a)"


def test_what_a_statement_binds():
    def bound(source):
        (statement,) = ast.parse(source).body
        return bound_in(statement)

    assert bound("a, (b, *c) = x") == {"a", "b", "c"}
    assert bound("a[0] = b.c = 1") == set()
    assert bound("[x for x in (y := z)]") == set()
    assert bound("for i in x:\n    j = i") == {"i", "j"}
    assert bound("def f(x):\n    y = 1") == {"f"}
    assert bound("import a.b as c, d.e") == {"c", "d"}


def test_mutants_are_shown_as_a_notebook_has_them():
    (node,) = ast.parse("def b():\n    b = a() + 1\n    return b").body
    sums = [one for one in mutants(node, {"a", "b"}) if one.kind == "operator"]
    assert [(one.was, one.becomes) for one in sums] == [("b = a + 1", "b = a - 1")]
    assert "a() - 1" in sums[0].source


# A course --------------------------------------------------------------------------------------------------------

REFERENCE = '''"""Answers."""

import numpy as np

FLOOR = 0.5


def total(data):
    """The sum."""
    # the floor keeps it positive
    shifted = data + FLOOR
    return np.sum(shifted)


def share(data, total):
    """The first part."""
    return data[0] / total
'''
HANDOUT = """# Shares

```python
import numpy as np

data = np.loadtxt("data.csv")
```

```otter
# BEGIN QUESTION
name: q1
```

```python
total = ...  # SOLUTION: reference.shares.total
```

```otter
# END QUESTION
```

```python
parts = data / total
```

```otter
# BEGIN QUESTION
name: q2
```

```python
share = ...  # SOLUTION: reference.shares.share
largest = max(parts)  # SOLUTION
```

```otter
# END QUESTION
```
"""
SUITE = '''"""Tests."""

import numpy as np

import reference.shares as ref
from grader import check_close, question

DATA = np.array([1.0, 2.0, 4.0])


@question("q1", points=1)
def test_total(student):
    """The sum."""
    check_close(student.value("total"), ref.total(DATA))


@question("q2", points=1)
def test_share(student):
    """The share, and the largest."""
    check_close(student.value("share"), ref.share(DATA, ref.total(DATA)))
    check_close(student.value("largest"), 4 / ref.total(DATA))
'''
PSET = """title: "Shares"
data: data
questions:
  - {id: q1, title: "Total", points: 1, values: [total]}
  - {id: q2, title: "Share", points: 1, values: [share, largest]}
"""


def course(folder, *edits):
    """A problem set whose answers are variables; each edit is a pair of texts, replaced wherever the first one is."""
    files = {
        "reference/__init__.py": "",
        "reference/shares.py": REFERENCE,
        "psets/shares/pset.yaml": PSET,
        "psets/shares/shares.md": HANDOUT,
        "psets/shares/suite/test_shares.py": SUITE,
        "psets/shares/data/data.csv": "1\n2\n4\n",
    }
    for name, text in files.items():
        for old, new in edits:
            text = text.replace(old, new)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return load_problem_set(folder / "psets" / "shares")


def test_a_course_whose_answers_are_variables(tmp_path):
    pset = course(tmp_path)
    assert check_course(pset) == []
    student = LocalStudent(solution_namespace(pset))
    assert (student.value("total"), student.value("share"), student.value("largest")) == (
        8.5,
        1 / 8.5,
        4 / 8.5,
    )
    assert student.value("parts").tolist() == [1 / 8.5, 2 / 8.5, 4 / 8.5]


def test_students_get_three_dots_and_none_of_the_steps(tmp_path):
    starter = "\n".join(course(tmp_path).starter_cells())
    assert "total = ...\n" in starter
    assert "share = ...\nlargest = ..." in starter
    assert "FLOOR" not in starter
    assert "shifted" not in starter


def test_given_data_are_read_once_and_never_shared(tmp_path):
    pset = course(tmp_path)
    code = SolutionCode(pset)
    first = code.namespace()
    (pset.data_dir / "data.csv").unlink()
    first["data"][:] = 0
    second = code.namespace()
    assert second["data"].tolist() == [1.0, 2.0, 4.0]
    assert second["total"]() == 8.5


def test_an_answer_may_read_a_file_itself(tmp_path):
    solution = "# BEGIN SOLUTION\nlargest = max(np.loadtxt('data.csv')) / total\n# END SOLUTION"
    pset = course(tmp_path, ("largest = max(parts)  # SOLUTION", solution))
    before = os.getcwd()
    assert LocalStudent(solution_namespace(pset)).value("largest") == 4 / 8.5
    assert os.getcwd() == before


def slips(tmp_path, *edits):
    return [str(one) for one in check_course(course(tmp_path, *edits))]


def test_a_name_with_two_values_is_found(tmp_path):
    (slip,) = slips(tmp_path, ("parts = data / total", "parts = data / total\ndata = data + 1"))[:1]
    assert "data gets another value here, and total reads it; give one of them another name" in slip


def test_an_answer_that_changes_given_data_is_found(tmp_path):
    (slip,) = slips(tmp_path, ("shifted = data + FLOOR", "data = data + FLOOR\n    shifted = data"))
    assert "total binds data, which is a variable of the notebook, too; rename it in the reference" in slip


def test_an_answer_in_two_cells_is_found(tmp_path):
    found = slips(tmp_path, ("parts = data / total", "parts = data / total\ntotal = 3"))
    assert any("total gets a value here, and in another cell before" in slip for slip in found)


def test_an_answer_without_a_marker_is_found(tmp_path):
    (slip,) = slips(tmp_path, ("largest = max(parts)  # SOLUTION", "largest = max(parts)"))
    assert "students get largest as it is here, because it has no solution marker" in slip


def test_a_line_that_stops_with_an_error_is_found(tmp_path):
    (slip,) = slips(tmp_path, ("largest = max(parts)  # SOLUTION", "largest, _ = max(parts), 1  # SOLUTION"))
    assert "students get 'largest, _ = ...', which stops with an error until they answer" in slip


def test_an_answer_under_another_question_is_found(tmp_path):
    edits = ("values: [total]", "values: [total, share]"), ("values: [share, largest]", "values: [largest]")
    (slip,) = slips(tmp_path, *edits)
    assert "share is in question q2, but pset.yaml lists it under q1; move one of them" in slip


def test_a_generator_of_another_cell_is_found(tmp_path):
    (slip,) = slips(
        tmp_path,
        ('data = np.loadtxt("data.csv")', 'data = np.loadtxt("data.csv")\nrng = np.random.default_rng(1)'),
        ("largest = max(parts)  # SOLUTION", "largest = max(parts) + 0 * rng.normal()  # SOLUTION"),
    )
    assert "draws from rng, which another cell makes" in slip
    (slip,) = slips(
        tmp_path,
        ("largest = max(parts)  # SOLUTION", "largest = max(parts) + 0 * np.random.normal()  # SOLUTION"),
    )
    assert "draws with np.random.normal, which goes on when it is run again" in slip


@pytest.mark.parametrize(
    ("made", "reads", "named"),
    [
        ("r1 = r2 = np.random.default_rng(0)", "r1.normal() + r2.normal()", "r1"),
        ("r1 = r2 = np.random.default_rng(0)", "r2.normal()", "r2"),
        ("rng, n = np.random.default_rng(0), 5", "rng.normal()", "rng"),
        ("(a, rng), n = (1, np.random.default_rng(0)), 5", "rng.normal()", "rng"),
        ("rng, n = np.random.default_rng(0), 5", "n", None),
        ("rngs = [np.random.default_rng(i) for i in range(3)]", "rngs[0].normal()", "rngs"),
        ("one, *rngs = 1, np.random.default_rng(1), np.random.default_rng(2)", "one", None),
        ("r1, r2 = [np.random.default_rng(i) for i in range(2)]", "r2.normal()", "r2"),
        ("rng: object = np.random.default_rng(0)", "rng.normal()", "rng"),
        ("if True:\n    rng = np.random.default_rng(0)", "rng.normal()", "rng"),
        ("noise = np.random.default_rng(0).normal()", "noise", None),
    ],
)
def test_a_generator_is_found_however_it_is_bound(tmp_path, made, reads, named):
    found = slips(
        tmp_path,
        ('data = np.loadtxt("data.csv")', f'data = np.loadtxt("data.csv")\n{made}'),
        ("largest = max(parts)  # SOLUTION", f"largest = max(parts) + 0 * {reads}  # SOLUTION"),
    )
    drawn = [one for one in found if "draws from" in one]
    assert [f"draws from {named}, which another cell makes" in one for one in drawn] == [True] * (
        named is not None
    )


def test_a_variable_without_a_test_is_found(tmp_path):
    (slip,) = slips(tmp_path, ('student.value("largest")', 'student.value("share")'))
    assert 'no test uses the student\'s largest; write one that asks for student.value("largest")' in slip


def test_a_variable_that_the_handout_lacks_is_found(tmp_path):
    pset_errors = []
    try:
        course(tmp_path, ("largest = max(parts)  # SOLUTION\n", ""))
    except Exception as error:
        pset_errors = str(error)
    assert "q2 asks for largest, to which psets/shares/shares.md gives no value" in pset_errors


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (("def total(data):", "def total(numbers):"), "takes numbers, which the handout does not define before"),
        (("    return np.sum", "    if 1:\n        return np.sum"), "its last statement has to be its only return"),
    ],
)  # fmt: skip
def test_a_function_that_cannot_stand_for_a_value_is_found(tmp_path, edit, sentence):
    pset = course(tmp_path, edit)
    with pytest.raises(Exception, match=sentence):
        pset.solution_cells()


MISTAKES = """from grader import mistake

mistake("share", "share_of_the_last", {"data[0] / total": "data[-1] / total"}, says="Take the first.")


@mistake("share", says="Divide.")
def share_undivided():
    return data[0] * total
"""


def test_a_mistake_is_an_edit_that_reads_other_answers(tmp_path):
    pset = course(tmp_path)
    (pset.path / "mistakes.py").write_text(MISTAKES)
    edited, whole = load_problem_set(pset.path).mistakes()
    assert edited.cell == "share = data[-1] / total\n"
    assert "total()" in edited.source
    assert "data[0] * total()" in whole.source
    assert whole.cell == "def share():\n    return data[0] * total\nshare = share()\n"
