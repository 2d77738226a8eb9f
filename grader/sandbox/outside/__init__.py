"""The trusted side: the template's host, its processes, sessions with submissions, and the eye on them."""
