"""The same check gives the same verdict on a student's own machine as in the sandbox."""

import numpy as np
import pytest

from grader.checks import check_pure, check_raises
from grader.errors import CheckFailed, StudentError
from grader.judge.remote import RemoteStudent
from grader.sandbox.outside.session import Session
from grader.student import LocalStudent

from .conftest import notebook

SOURCE = """
import numpy as np

class Node:
    def __init__(self, data, parents=()):
        self.data, self.parents = data, parents

    def __add__(self, other):
        return Node(self.data + other.data, (self, other))

def sum_of(nodes):
    return float(sum(node.data for node in nodes))

def sort(nodes):
    nodes.sort(key=lambda node: node.data)

def double(node):
    node.data *= 2

def chain(n):
    node = Node(0.0)
    for _ in range(n):
        node = node + Node(1.0)
    return [node]

class EmptyInput(ValueError):
    pass

class Nothing(EmptyInput):
    pass

def own_kind(x):
    raise Nothing("nothing")

def numpys_kind(x):
    raise np.linalg.LinAlgError("singular")

def leaves(x):
    raise SystemExit(1)
"""


@pytest.fixture(params=["inside", "outside"])
def student(request, sandbox):
    if request.param == "outside":
        names = {}
        exec(SOURCE, names)
        yield LocalStudent(names)
    else:
        with Session(sandbox, {"ps1.ipynb": notebook(SOURCE)}, "ps1", 1) as session:
            session.load()
            yield RemoteStudent(session, [].append)


def test_a_function_of_a_students_own_objects_is_pure(student):
    assert check_pure(student.sum_of, [student.Node(1.0), student.Node(2.0)]) == 3.0


def test_a_list_of_objects_put_in_another_order_is_changed(student):
    with pytest.raises(CheckFailed, match="changes argument 1 in place"):
        check_pure(student.sort, [student.Node(2.0), student.Node(1.0)])


def test_an_object_that_is_passed_stays_the_same_one(student):
    node = student.Node(2.0)
    student.double(node)
    assert node.data == 4.0


@pytest.mark.parametrize("error", [ValueError, Exception, (KeyError, ValueError)])
@pytest.mark.parametrize("name", ["own_kind", "numpys_kind"])
def test_an_exception_of_a_derived_class_is_one_of_its_base(student, name, error):
    check_raises(getattr(student, name), 1, error=error)
    with pytest.raises(CheckFailed, match="another kind of exception, but should raise KeyError"):
        check_raises(getattr(student, name), 1, error=KeyError)


def test_the_base_classes_are_those_of_libraries(student):
    with pytest.raises(StudentError) as raised:
        student.own_kind(1)
    assert raised.value.bases == ("ValueError", "Exception", "BaseException")


def test_numpys_own_class_is_told_by_name(student):
    check_raises(student.numpys_kind, 1, error=np.linalg.LinAlgError)


@pytest.mark.parametrize("length", [400, 5000])
def test_a_long_chain_of_objects_is_given_back(student, length):
    assert student.sum_of(student.chain(length)) == length


def test_leaving_the_process_is_an_exception_like_others(student):
    with pytest.raises(StudentError, match="raised SystemExit"):
        student.leaves(1)
