"""Grading many submissions: on several processes, resumable, each result written whole or not at all.

Nothing is imported here: a worker needs the least of it, and the first result waits for each worker.
"""
