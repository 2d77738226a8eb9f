"""Wrong versions of problem set 3's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: one that
returns exactly what a student's function returned names what the student did. Each is written as a student would
write it, and keeps the state that the solution keeps unless the state is the mistake. They come from public homework
and from what the handout's conventions invite; a class will find others.
"""
