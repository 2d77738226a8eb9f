"""Wrong versions of problem set 5's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: one that
returns exactly what a student's function returned names what the student did. Most change a small part of the
solution, so that two of one function are found together too; what no edit says shortly is a whole function. They come
from public homework and from what the handout's conventions invite; a class will find others.
"""
