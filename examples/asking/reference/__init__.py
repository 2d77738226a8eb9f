"""The answers, one module for each problem set."""
