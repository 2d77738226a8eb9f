"""Hostile submissions, one a file under corpus/, and what runs and judges them.

A file is code that is put after the blank answer's cells (or the partial answer's, where it says
``# base: partial``); a ``files_*.py`` makes the submission's files itself. Its first lines say what it tries. Further
lines of its head may say more: ``# pset: ps3``, the problem set it is handed in for (else ps1); ``# tests: adam``,
that it is to meet all tests of the questions on that function, or ``all``; ``# earns: 1.5``, what it answers rightly;
``# waits``, that all it does is to run into a time limit; ``# wall: files network``, what it tries to get through
that other isolation plans lack (see `tests.attacks.catalogue`).
``# with: channel`` puts a file of parts/ before it. ``@MOST@`` is the longest header of a message;
``@COURSE@``, ``@SECRET_FILE@``, ``@SECRET_DIR@`` and ``@WORKER@`` stand for what a well informed attacker would know:
where the answers lie, and the worker's process number.
"""
