"""Right answers, written otherwise."""

from grader import alternative

alternative("large_step", "large_step_with_a_bracket", {'"b"': '"B)"'})
alternative("convex", "convex_in_a_text", {'["a", "b", "e"]': '"e, a, b"'})
alternative("batches_of_one", "batches_as_texts", {"[1, 2]": '{"2", "1"}'})
alternative("guarantee", "guarantee_as_an_adjective", {'"convexity"': '"Convex."'})
