"""Wrong versions of problem set 0's functions, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: what
returns exactly what a student's functions returned names what the student did. Each changes the smallest part of the
solution that is the mistake, so that several are found together. They come from what the handout's conventions invite
and from public homework on related topics; a class will find others.
"""
