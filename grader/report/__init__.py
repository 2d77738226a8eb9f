"""Pages that people look at: the class for its staff, each student's own, a suite's for its author.

Every page is one file that fetches nothing and runs nothing but its own few lines of script. What students wrote
comes in as text, or as markup that was made in the sandbox and is checked here, tag by tag.
"""

from grader.report.notebooks import Handin, keep_notebooks
from grader.report.site import is_published, publish, write_pages
from grader.report.suitepage import suite_page

__all__ = ["Handin", "is_published", "keep_notebooks", "publish", "suite_page", "write_pages"]
