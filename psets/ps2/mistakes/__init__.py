"""Mistakes in problem set 2's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: one that
returns exactly what a student's function returned names what the student did. Most change the smallest part of the
solution that is wrong, so that any two of them can be made together; where the new code still contains the old, even
two of the same place can. They come from public homework and from what the handout's conventions invite; a class will
find others.
"""
