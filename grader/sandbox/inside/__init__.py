"""The untrusted side: what runs in the template process and in the submissions forked from it.

Nothing here knows an answer, and nothing here is believed: the worker treats whatever this side says as
the student's own words.
"""
