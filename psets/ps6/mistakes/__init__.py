"""Wrong versions of problem set 6's answers, each with the sentence a student should read.

They are the suite's mutation test: each must fail its question. They are also the grader's explanations: what gives
exactly a student's figure or table names what the student did.
"""
