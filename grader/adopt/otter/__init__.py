"""Reads what otter-grader, okpy and gofer courses are made of."""
