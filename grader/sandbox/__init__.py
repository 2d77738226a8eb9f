"""Running code nobody trusts.

A `host.Sandbox` owns one template process; a `session.Session` is one submission in it: its cells are run, its
functions called, and when its process dies it is run again in a fresh one.

Nothing is imported here: the template loads what belongs inside, and would wait for what does not.
"""
