"""Hostile submissions, one a file under corpus/, and what runs and judges them.

A file is code that is put after the blank answer's cells (or the partial answer's, where it says
``# base: partial``); a ``files_*.py`` makes the submission's files itself. Its first line says what it tries;
``# waits`` says that all it does is to run into a time limit, and ``# earns: 1.5`` what it answers rightly.
``@COURSE@``, ``@SECRET_FILE@``, ``@SECRET_DIR@`` and ``@WORKER@`` stand for what a well informed attacker would know:
where the answers lie, and the worker's process number.
"""
