"""Wrong versions for q4: measured gradients."""

import numpy as np

from grader import mistake


@mistake(
    "numeric_gradient",
    says="You measure on one side only, (f(x + h) − f(x))/h; the central difference moves x both ways.",
)
def numeric_gradient_forward_difference(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x.astype(float)
        up[i] += h
        gradient[i] = (f(up) - f(x.astype(float))) / h
    return gradient


@mistake("numeric_gradient", says="You divide by h; x − h and x + h are 2h apart.")
def numeric_gradient_divided_by_h(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / h
    return gradient


@mistake(
    "numeric_gradient",
    says="Your brackets are missing: (a − b) / 2 * h multiplies by h; write (a − b) / (2 * h).",
)
def numeric_gradient_without_brackets(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / 2 * h
    return gradient


@mistake("numeric_gradient", says="You use a step of your own (1e-5) instead of the h you are given.")
def numeric_gradient_with_its_own_step(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += 1e-5
        down[i] -= 1e-5
        gradient[i] = (f(up) - f(down)) / 2e-5
    return gradient


@mistake("numeric_gradient", says="You move x by h/2 each way; the formula moves it by h each way.")
def numeric_gradient_with_half_the_step(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h / 2
        down[i] -= h / 2
        gradient[i] = (f(up) - f(down)) / h
    return gradient


@mistake("numeric_gradient", says="You move all entries at once; move one entry at a time.")
def numeric_gradient_of_all_at_once(f, x, h):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@mistake(
    "numeric_gradient",
    says="You never put an entry back after moving it, so the moves add up; restore each before you move "
    "the next.",
)
def numeric_gradient_moves_pile_up(f, x, h):
    x, gradient = x.astype(float), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        gradient[i] = (high - f(x)) / (2 * h)
    return gradient


@mistake(
    "numeric_gradient",
    says="You loop over the first axis only and move whole rows at a time; move one entry at a time.",
)
def numeric_gradient_of_rows(f, x, h):
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake("numeric_gradient", says="You scale the step by the entry's size; use the same h everywhere.")
def numeric_gradient_with_relative_steps(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = h * max(1.0, abs(x[i]))
        up, down = x.astype(float), x.astype(float)
        up[i] += step
        down[i] -= step
        gradient[i] = (f(up) - f(down)) / (2 * step)
    return gradient


@mistake(
    "numeric_gradient",
    says="You add h to a copy that is an integer array, which cuts off the fraction; use an array of floats.",
)
def numeric_gradient_in_integers(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] = x[i] + h
        down[i] = x[i] - h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(
    "numeric_gradient",
    says="You add h, subtract 2h and add h again, which does not restore the caller's x to the last bit; "
    "move a copy, or keep the old number and put it back.",
)
def numeric_gradient_not_put_back_exactly(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        gradient[i] = (high - f(x)) / (2 * h)
        x[i] += h
    return gradient


@mistake("numeric_gradient", says="You have swapped x − h and x + h, so every slope has the wrong sign.")
def numeric_gradient_exchanged(f, x, h):
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        gradient[i] = (f(down) - f(up)) / (2 * h)
    return gradient
