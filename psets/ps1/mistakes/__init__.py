"""What students get wrong in problem set 1's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: one that
returns exactly what a student's function returned names what the student did. Most are edits of the solution, of the
smallest part that is wrong, so that two in one function are found together too. They come from public homework and
from what the handout's conventions invite; a class will find others.
"""
