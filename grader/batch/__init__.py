"""Grading many submissions: on several processes, resumable, each result written whole or not at all.

Nothing is imported here: the first result waits for the workers to start, and they need little of this package.
"""
