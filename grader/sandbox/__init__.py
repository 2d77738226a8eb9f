"""Running code nobody trusts.

``inside`` runs in the sandbox, ``crossing`` is what goes through the wall, ``outside`` is the worker's end of it, and
``isolation`` is the wall itself, layer by layer. An `outside.host.Sandbox` owns one template process. An
`outside.session.Session` is one submission in it: it runs the cells, calls the functions, and when the process dies,
runs the notebook again in a fresh one.

Nothing is imported here, so that the template loads only what belongs inside.
"""
