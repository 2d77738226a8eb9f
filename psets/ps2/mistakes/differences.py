"""Mistakes for q4: measured gradients."""

from grader import mistake

mistake("numeric_gradient", "numeric_gradient_forward_difference", {"f(x - step)": "f(x)", "2 * h": "h"},
        says="You measure on one side only, (f(x + h) − f(x))/h; the central difference moves x both ways.")
mistake("numeric_gradient", "numeric_gradient_backward_difference", {"f(x + step)": "f(x)", "2 * h": "h"},
        says="You measure on one side only, (f(x) − f(x − h))/h; the central difference moves x both ways.")
mistake("numeric_gradient", "numeric_gradient_one_side_over_two_h", {"f(x - step)": "f(x)"},
        says="You divide f(x + h) − f(x) by 2h; the second value is f(x − h), a step back.")
mistake("numeric_gradient", "numeric_gradient_divided_by_h", {"2 * h": "h"},
        says="You divide by h; x − h and x + h are 2h apart.")
mistake("numeric_gradient", "numeric_gradient_without_brackets",
        {"(f(x + step) - f(x - step)) / (2 * h)": "(f(x + step) - f(x - step)) / 2 * h"},
        says="Your brackets are missing: (a − b) / 2 * h multiplies by h; write (a − b) / (2 * h).")
mistake("numeric_gradient", "numeric_gradient_difference_without_brackets",
        {"(f(x + step) - f(x - step)) / (2 * h)": "f(x + step) - f(x - step) / (2 * h)"},
        says="Your brackets are missing: a − b / (2 * h) divides only b; write (a − b) / (2 * h).")
mistake("numeric_gradient", "numeric_gradient_not_divided",
        {"(f(x + step) - f(x - step)) / (2 * h)": "f(x + step) - f(x - step)"},
        says="You return the difference of the two values; divide it by their distance, 2h.")
mistake("numeric_gradient", "numeric_gradient_with_its_own_step",
        {"step[index] = h": "step[index] = c", "2 * h": "2 * c"}, free={"c": (1e-05, 0.0001, 0.001, 1e-06)},
        says="You use a step of your own instead of the h you are given.")
mistake("numeric_gradient", "numeric_gradient_with_half_the_step",
        {"step[index] = h": "step[index] = h / 2", "2 * h": "h"},
        says="You move x by h/2 each way; the formula moves it by h each way.")
mistake("numeric_gradient", "numeric_gradient_of_all_at_once", {"step[index] = h": "step[...] = h"},
        says="You move all entries at once; move one entry at a time.")
mistake("numeric_gradient", "numeric_gradient_moves_pile_up",
        {"gradient[index] = (f(x + step) - f(x - step)) / (2 * h)":
         "gradient[index] = (f(x + step) - f(x - step)) / (2 * h)\nx = x - step"},
        says="You never put an entry back after moving it, so the moves add up; restore each before you "
             "move the next.")
mistake("numeric_gradient", "numeric_gradient_of_rows", {"np.ndindex(x.shape)": "range(len(x))"},
        says="You loop over the first axis only and move whole rows at a time; move one entry at a time.")
mistake("numeric_gradient", "numeric_gradient_of_single_entries",
        {"f(x + step)": "f(x[index] + h)", "f(x - step)": "f(x[index] - h)"},
        says="You call f with one entry; f takes an array of x's shape, in which that entry has moved.")
mistake("numeric_gradient", "numeric_gradient_with_relative_steps",
        {"step[index] = h": "step[index] = h * max(1.0, abs(x[index]))", "2 * h": "2 * step[index]"},
        says="You scale the step by the entry's size; use the same h everywhere.")
mistake("numeric_gradient", "numeric_gradient_in_integers",
        [{"f(x + step)": "f((x + step).astype(x.dtype))", "f(x - step)": "f((x - step).astype(x.dtype))"},
         {"step = np.zeros(x.shape)": "step = np.zeros_like(x)"}],
        says="You put the step into an integer array, which cuts off the fraction; use an array of floats.")
mistake("numeric_gradient", "numeric_gradient_collected_in_integers",
        {"gradient = np.zeros(x.shape)": "gradient = np.zeros_like(x)"},
        says="You collect the slopes in an array made like x, which cuts off their decimals when x holds "
             "integers; use an array of floats.")
mistake("numeric_gradient", "numeric_gradient_not_put_back_exactly",
        {"step = np.zeros(x.shape)\nstep[index] = h\ngradient[index] = (f(x + step) - f(x - step)) / (2 * h)":
         "x[index] += h\n"
         "high = f(x)\n"
         "x[index] -= 2 * h\n"
         "gradient[index] = (high - f(x)) / (2 * h)\n"
         "x[index] += h"},
        says="You add h, subtract 2h and add h again, which does not restore the caller's x to the last "
             "bit; move a copy, or keep the old number and put it back.")
mistake("numeric_gradient", "numeric_gradient_moves_the_callers_x",
        {"step = np.zeros(x.shape)\nstep[index] = h\ngradient[index] = (f(x + step) - f(x - step)) / (2 * h)":
         "x[index] += h\nhigh = f(x)\nx[index] -= 2 * h\ngradient[index] = (high - f(x)) / (2 * h)"},
        says="You move the caller's own x and never put it back; move a copy.")
mistake("numeric_gradient", "numeric_gradient_exchanged",
        {"f(x + step) - f(x - step)": "-(f(x + step) - f(x - step))"},
        says="You have swapped x − h and x + h, so every slope has the wrong sign.")
mistake("numeric_gradient", "numeric_gradient_flattened", {"return gradient": "return gradient.ravel()"},
        says="You return one long row of slopes; give them the shape of x.")
mistake("numeric_gradient", "numeric_gradient_of_the_first_entry",
        {"gradient[index] = (f(x + step) - f(x - step)) / (2 * h)":
         "gradient[index] = (f(x + step) - f(x - step)) / (2 * h)\nbreak"},
        says="You stop after the first entry; return only when the loop has gone over all of them.")
