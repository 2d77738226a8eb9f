"""Answers in torch, jax and scipy, which only the environment of ``make test-libraries`` has."""
