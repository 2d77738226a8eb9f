"""Wrong versions of problem set 0's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: one that
returns exactly what a student's function returned names what the student did. Each is written as a student would
write it, with numpy and the problem set's own functions, but never with the function it stands for. They come
from what the handout's conventions invite and from public homework on related topics; a class will find others.
"""
