"""q5 and q6: the affine layer and the ReLU layer, forward and backward."""

import numpy as np

import reference.layers as ref
from grader import check_close, check_gradient, check_outputs, check_pure, check_shape, question

FORWARD = "affine_forward(X, W, b)"
NAMES = ("dX", "dW", "db")
# The square one first: a transpose gives wrong numbers there, and elsewhere an exception that ends the batch.
SHAPES = [(4, 4, 4), (7, 4, 3), (3, 5, 8), (2, 6, 2)]
NARROW = [(1, 4, 3), (5, 1, 3), (5, 3, 1), (1, 1, 1)]


def layer(rng, N, D, H):
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H)


def agree(function, reference, cases, name):
    """Compare every case with the reference, in one round trip; summands may cancel.

    All of these functions consist of sums and products, so for absolute values they give the size of the summands.
    """
    for case, got in zip(cases, function.map(cases), strict=True):
        sizes = reference(*map(np.abs, case))
        scale = tuple(size.max() for size in sizes) if isinstance(sizes, tuple) else sizes.max()
        check_close(got, reference(*case), name=name, scale=scale)


def agree_backward(student, rng, shapes):
    cases = []
    for shape in shapes:
        X, W, _ = layer(rng, *shape)
        cases.append((rng.normal(size=(shape[0], shape[2])), X, W))
    agree(student.affine_backward, ref.affine_backward, cases, NAMES)


@question("q5", points=0.5, public=True)
def test_affine_forward_of_the_handouts_example(student):
    """Two examples, two inputs, three outputs."""
    X, W = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
    Z = student.affine_forward(X, W, np.array([0.0, 1.0, 3.0]))
    check_close(Z, np.array([[5.0, 3.0, 2.0], [-2.0, 0.0, 3.0]]), name="affine_forward(X, W, b)")


@question("q5", points=1, public=True)
def test_affine_backward_of_the_handouts_example(student):
    """dZ = ((1, 0, 2), (0, −1, 1)) is sent back through the same layer."""
    X, W = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
    got = student.affine_backward(np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]]), X, W)
    dX, dW, db = check_outputs(got, names=("dX", "dW", "db"))
    check_close(dX, np.array([[-1.0, 2.0], [-1.0, -1.0]]), name="dX")
    check_close(dW, np.array([[1.0, 0.0, 2.0], [2.0, 1.0, 3.0]]), name="dW")
    check_close(db, np.array([1.0, -1.0, 3.0]), name="db")


@question("q5", points=0.5)
def test_affine_forward_for_every_shape(student, rng):
    """Any number of examples, inputs and outputs, including one of each."""
    cases = [layer(rng, *shape) for shape in SHAPES + NARROW]
    agree(student.affine_forward, ref.affine_forward, cases, FORWARD)


@question("q5", points=1.5)
def test_affine_backward_for_every_shape(student, rng):
    """More examples than inputs, fewer, and equal numbers of everything."""
    agree_backward(student, rng, SHAPES)


@question("q5", points=0.5)
def test_affine_backward_of_narrow_layers(student, rng):
    """One example, one input, one output: the shapes stay those of X, W and b."""
    agree_backward(student, rng, NARROW)


@question("q5", points=0.5)
def test_affine_backward_is_the_slope_of_the_layer(student, rng):
    """dX, dW and db agree with the slopes of Σ dZ·Z, measured numerically."""
    X, W, b = layer(rng, 4, 3, 2)
    dZ = rng.normal(size=(4, 2))
    gradients = check_outputs(student.affine_backward(dZ, X, W), names=NAMES)
    wrt = {"X": 0, "W": 1, "b": 2}
    check_gradient(ref.affine_forward, gradients, (X, W, b), wrt=wrt, upstream=dZ, name="d")


@question("q5", points=0.5)
def test_affine_layer_of_integers(student, rng):
    """Integer X, as pixels are, with real weights."""
    X, (_, W, b) = rng.integers(-3, 9, size=(5, 4)), layer(rng, 5, 4, 3)
    agree(student.affine_forward, ref.affine_forward, [(X, W, b)], FORWARD)
    agree(student.affine_backward, ref.affine_backward, [(rng.normal(size=(5, 3)), X, W)], NAMES)


@question("q5", points=0.5)
def test_affine_forward_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = layer(rng, 5, 4, 3)
    check_pure(student.affine_forward, *case, others=[(student.leaky_relu, array) for array in case])
    agree(student.affine_forward, ref.affine_forward, [case], FORWARD)


@question("q5", points=0.5)
def test_affine_backward_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    X, W, _ = layer(rng, 5, 4, 3)
    case = (rng.normal(size=(5, 3)), X, W)
    check_pure(student.affine_backward, *case, others=[(student.leaky_relu, array) for array in case])
    agree(student.affine_backward, ref.affine_backward, [case], NAMES)


@question("q6", points=0.5, public=True)
def test_relu_layer_forward_of_the_handouts_example(student):
    """Negative entries become 0."""
    A = student.relu_forward(np.array([[0.5, -2.0], [-0.5, 3.0]]))
    check_close(A, np.array([[0.5, 0.0], [0.0, 3.0]]), name="relu_forward(Z)")


@question("q6", points=0.5, public=True)
def test_relu_layer_backward_of_the_handouts_example(student):
    """The gradient passes, with its own sign, where Z was positive, and nowhere else."""
    dZ = student.relu_backward(np.array([[-7.0, 8.0], [9.0, -1.0]]), np.array([[0.5, -2.0], [-0.5, 3.0]]))
    check_close(dZ, np.array([[-7.0, 0.0], [0.0, -1.0]]), name="relu_backward(dA, Z)")


@question("q6", points=0.5)
def test_relu_layer_forward_for_every_shape(student, rng):
    """Any shape; all negative; entries of thousands."""
    cases = [(rng.normal(size=shape),) for shape in ((6, 4), (3, 8), (1, 5), (4, 1))]
    cases += [(-rng.uniform(0.1, 1.0, size=(3, 2)),), (3000 * rng.normal(size=(3, 3)),)]
    agree(student.relu_forward, ref.relu_forward, cases, "relu_forward(Z)")


@question("q6", points=1)
def test_relu_layer_backward_for_every_shape(student, rng):
    """All four pairs of signs; all passed; all stopped; small positive inputs."""
    cases = [(rng.normal(size=s), rng.normal(size=s)) for s in ((6, 4), (3, 8), (1, 5), (4, 1), (5, 5))]
    cases += [(rng.normal(size=(3, 4)), sign * rng.uniform(0.001, 2.0, size=(3, 4))) for sign in (1, -1)]
    agree(student.relu_backward, ref.relu_backward, cases, "relu_backward(dA, Z)")


@question("q6", points=0.5)
def test_relu_layer_backward_at_exactly_zero(student):
    """Where Z is 0, any share of the gradient may pass, from none to all of it."""
    dA, Z = np.array([[2.0, -3.0, 5.0], [4.0, 1.0, -6.0]]), np.array([[0.0, 0.0, 0.25], [-1.0, 2.0, 0.0]])
    got = check_shape(student.relu_backward(dA, Z), Z.shape, name="relu_backward(dA, Z)")
    share = np.clip(np.nan_to_num(got.real.astype(float)), np.minimum(dA, 0), np.maximum(dA, 0))
    expected = np.where(Z == 0, share, ref.relu_backward(dA, Z))
    check_close(got, expected, name="relu_backward(dA, Z)")


@question("q6", points=0.5)
def test_relu_layer_of_integers(student):
    """Integers in Z give the same dZ as fractions of the same signs."""
    Z, dA = np.array([[2, -1, 3], [-4, 5, -6]]), np.array([[0.5, 1.5, -0.25], [2.5, 0.75, 1.0]])
    agree(student.relu_forward, ref.relu_forward, [(Z,), (Z / 8,)], "relu_forward(Z)")
    agree(student.relu_backward, ref.relu_backward, [(dA, Z), (dA, Z / 8)], "relu_backward(dA, Z)")


@question("q6", points=0.25)
def test_relu_layer_forward_leaves_its_argument_alone(student, rng):
    """The array passed in is unchanged afterwards."""
    Z = rng.normal(size=(4, 3))
    check_pure(student.relu_forward, Z, others=[student.leaky_relu])
    agree(student.relu_forward, ref.relu_forward, [(Z,)], "relu_forward(Z)")


@question("q6", points=0.25)
def test_relu_layer_backward_leaves_its_arguments_alone(student, rng):
    """The arrays passed in are unchanged afterwards."""
    case = (rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    check_pure(student.relu_backward, *case, others=[(student.leaky_relu, array) for array in case])
    agree(student.relu_backward, ref.relu_backward, [case], "relu_backward(dA, Z)")
