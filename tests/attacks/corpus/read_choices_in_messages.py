# Answers with markup, control characters and words for the grader, to see what of them comes back in what is told.
# pset: choices
# tests: all
# wall: none
large_step = "<script>alert('LEAK')</script>"
convex = ["\x1b[31mLEAK", "\u202eLEAK", "%s%n{0.__class__}"]
batches_of_one = "LEAK\x00\x08"
guarantee = "`LEAK`\n# LEAK\n<img src=x onerror=alert(1)>"
year = "${LEAK}"
