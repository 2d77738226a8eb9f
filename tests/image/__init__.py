"""The container image, built from the Dockerfile without a Docker engine and tried as Docker would run it.

``make image-test`` runs it, as root on Debian 12. Nothing is skipped: what this machine cannot do ends the run.
"""
