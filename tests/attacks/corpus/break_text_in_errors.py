# Puts HTML, ANSI, Markdown, formulas and direction marks into error messages.
# wall: none
class Evil(Exception): pass
Evil.__name__ = "<img src=x onerror=alert(1)>"
raise Evil("\x1b[2J\x1b]0;owned\x07 =cmd|' /C calc'!A0 [x](javascript:1) \u202e \ud800 \0 <script>alert(1)</script>" + "x" * 10 ** 6)
