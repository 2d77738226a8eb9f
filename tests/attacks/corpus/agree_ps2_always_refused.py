# Every function raises ValueError, as if it had been asked for something impossible.
# pset: ps2
# tests: all
def refuse(*_, **__):
    raise ValueError("impossible")

sigmoid = sigmoid_gradient = tanh = tanh_gradient = relu = relu_gradient = leaky_relu = leaky_relu_gradient = refuse
Value = numeric_gradient = affine_forward = affine_backward = relu_forward = relu_backward = mlp_loss = refuse
