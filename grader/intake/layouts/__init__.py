"""The layouts in which other systems hand out submissions: a module each, one table (`grader.intake.layouts.table`)."""
