"""The layouts in which other systems hand out submissions: one module each, one table (`grader.intake.layouts.table`)."""
