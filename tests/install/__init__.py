"""Whether people can install it: environments made from nothing, by the lines that a README or a guide gives.

They take everything but gradmark from the package index that pip is configured with; ``make test-install`` runs them.
"""
