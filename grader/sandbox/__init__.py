"""Running code nobody trusts.

``inside`` runs in the sandbox, ``crossing`` is what goes over the wall, ``outside`` is the worker's end of it, and
``isolation`` is the wall itself, layer by layer. An `outside.host.Sandbox` owns one template process; an
`outside.session.Session` is one submission in it: its cells are run, its functions called, and when its process dies
it is run again in a fresh one.

Nothing is imported here: the template loads what belongs inside, and would wait for what does not.
"""
