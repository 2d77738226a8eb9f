"""The trusted side: the template's host, its processes, the sessions with submissions, and the watch over them."""
