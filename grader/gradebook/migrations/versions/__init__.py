"""One module a change of the schema; the last one is `grader.gradebook.database.REVISION`."""
