"""A first version of a problem set, drafted from another grader's assignment for its author to look through.

The handout is the author's notebook, the reference its solution, and each test a pytest function. What cannot be
turned stays in the suite as a comment, and its points are not given. Whoever drafts may pass somebody who looks at
each version: what the solution fails or a blank notebook passes is then written otherwise, or left out.
"""

from grader.adopt.draft.drafting import Draft, Look, Seen, draft_problem_set

__all__ = ["Draft", "Look", "Seen", "draft_problem_set"]
