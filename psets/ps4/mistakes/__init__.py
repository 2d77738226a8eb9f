"""Wrong versions of problem set 4's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: what
returns exactly a student's results names what the student did. Each changes one part of the solution, so that
two of different parts are found together. They come from public homework and from what the handout's conventions
invite; a class will find others.
"""
