"""Assignments of our own in the forms of otter's family, for the readers of these forms: data, and what writes them."""

from __future__ import annotations

from .arrays import ARRAYS
from .basics import BASICS
from .exceptions import EXCEPTIONS
from .functions import FUNCTIONS
from .homework import Homework
from .learning import LEARNING
from .masters import MASTERS
from .more_tables import MORE_TABLES
from .objects import OBJECTS
from .simulation import SIMULATION
from .statistics import STATISTICS
from .tables import TABLES
from .texts import TEXTS

__all__ = ["COURSES"]

COURSES: tuple[Homework, ...] = (
    *BASICS,
    *FUNCTIONS,
    *ARRAYS,
    *TABLES,
    *OBJECTS,
    *SIMULATION,
    *STATISTICS,
    *LEARNING,
    *EXCEPTIONS,
    *MASTERS,
    *MORE_TABLES,
    *TEXTS,
)
