"""Keep pytest from importing an attack: an import would run it here, outside every sandbox.

pyproject.toml names this folder in `norecursedirs`, which a path given on the command line overrules; this does not.
"""

collect_ignore_glob = ["corpus/*", "parts/*"]
