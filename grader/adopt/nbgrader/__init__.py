"""Reads what nbgrader courses are made of."""
