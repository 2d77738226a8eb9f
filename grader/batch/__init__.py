"""Grading many submissions: on several processes, resumable, each result written whole or not at all."""

from grader.batch.engines import DaskCluster, Engine, LocalProcesses
from grader.batch.run import Batch, Progress, grade_batch
from grader.batch.store import ResultStore

__all__ = ["Batch", "DaskCluster", "Engine", "LocalProcesses", "Progress", "ResultStore", "grade_batch"]
