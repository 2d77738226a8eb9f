"""The untrusted side: what runs in the template process and in the submissions forked from it.

Nothing here knows an answer, and nothing it says is believed: the worker treats it as the student's own words.
"""
