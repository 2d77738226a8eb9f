"""Wrong versions of problem set 3's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: one that
returns exactly what a student's function returned names what the student did. Each changes a small part of the
solution, so that two of one function are found together too, and on top of the other place for the small constant.
Where only a state, whose layout is the student's own, would tell two mistakes apart, they are ways of one. They come
from public homework and from what the handout's conventions invite; a class will find others.
"""
