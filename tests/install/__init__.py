"""Whether people can install gradmark: empty environments, filled by the very lines that a README or a guide gives.

All but gradmark comes from the package index that pip is configured with. ``make test-install`` runs these tests.
"""
