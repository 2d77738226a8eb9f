"""Words and texts."""

from __future__ import annotations

from .homework import Homework, Variant, ask

__all__ = ["TEXTS"]

STRINGS = Homework(
    "lab01",
    "Lab 1: Words",
    "gofer",
    (
        ask(
            "q1",
            "Set `shout` to `word` in capital letters with one exclamation mark after it.",
            "shout = word.upper() + '!'",
            """
            >>> isinstance(shout, str)
            True

            >>> shout
            'LANTERN!'

            >>> shout.endswith('!') and not shout.endswith('!!')
            True
            """,
            "shout = f'{word.upper()}!'",
            "shout = word.upper()",
            "shout = 'lantern!'",
            "shout = None",
            before="word = 'lantern'",
        ),
        ask(
            "q2",
            "Set `vowels` to the number of vowels in `sentence`.",
            "vowels = sum(letter in 'aeiou' for letter in sentence)",
            """
            >>> type(vowels) == int
            True

            >>> vowels == 10
            True
            """,
            "vowels = 0\nfor v in 'aeiou':\n    vowels = vowels + sentence.count(v)",
            "vowels = sentence.count('a')",
            "vowels = 10.0",
            before="sentence = 'the old mill stands beside a river'",
        ),
        ask(
            "q3",
            "Write `initials(name)`: the first letters of the words in capitals, each with a dot.",
            """
            def initials(name):
                \"\"\"The initials of a full name.\"\"\"
                return ''.join(part[0].upper() + '.' for part in name.split())
            """,
            """
            >>> initials('ada lovelace') == 'A.L.'
            True

            >>> initials('grace brewster murray hopper') == 'G.B.M.H.'
            True

            #: hidden
            >>> initials('  plato ') == 'P.'
            True

            #: hidden
            >>> initials('') == ''
            True
            """,
            """
            def initials(name):
                out = ''
                for part in name.split():
                    out += part[:1].upper() + '.'
                return out
            """,
            "def initials(name):\n    return '.'.join(part[0].upper() for part in name.split(' '))",
            "def initials(name):\n    return [part[0] for part in name.split()]",
            "def initials(name):\n    print(name[0].upper() + '.')",
            points=2,
        ),
        ask(
            "q4",
            "Set `words` to a list of the words of `sentence` in alphabetical order, none twice.",
            "words = sorted(set(sentence.split()))",
            """
            >>> isinstance(words, list)
            True

            >>> len(words) == 7 and words[0] == 'a' and words[-1] == 'the'
            True
            """,
            "words = list(dict.fromkeys(sentence.split()))\nwords.sort()",
            "words = set(sentence.split())",
            "words = sentence.split()",
        ),
    ),
    imports="",
    layout="short",
    again="check_all",
    variants=(
        Variant(
            "rebinds-sum",
            {
                "q2": "sum = 0\nfor letter in sentence:\n    if letter in 'aeiou':\n        sum += 1\n"
                "vowels = sum",
            },
        ),
    ),
    messages=False,
)

WORDS = Homework(
    "proj4",
    "Project 4: Counting Words",
    "bare",
    (
        ask(
            "q1",
            "Write `tokens(text)`: a list of its words in small letters without punctuation.",
            """
            def tokens(text):
                kept = ''.join(c if c.isalnum() else ' ' for c in text.lower())
                return kept.split()
            """,
            """
            >>> tokens('A hare, a HOUND!') == ['a', 'hare', 'a', 'hound']
            True

            >>> tokens('') == [] and isinstance(tokens('x'), list)
            True

            #: hidden
            >>> tokens('one--two  3.') == ['one', 'two', '3']
            True
            """,
            "import re\ndef tokens(text):\n    return re.findall(r'[a-z0-9]+', text.lower())",
            "def tokens(text):\n    return text.lower().split()",
            "def tokens(text):\n    return ''.join(c for c in text if c.isalpha() or c == ' ').split()",
            points=2,
        ),
        ask(
            "q2",
            "Set `frequencies` to a dictionary from the words of `rhyme` to how often they come.",
            "frequencies = {w: tokens(rhyme).count(w) for w in tokens(rhyme)}",
            """
            >>> isinstance(frequencies, dict)
            True

            >>> frequencies['the'] == 3 and sum(frequencies.values()) == 13
            True

            #: hidden
            >>> sorted(frequencies, key=frequencies.get)[-1]
            'the'
            """,
            "from collections import Counter\nfrequencies = Counter(tokens(rhyme))",
            "frequencies = {w: rhyme.count(w) for w in tokens(rhyme)}",
            "frequencies = len(tokens(rhyme))",
            before="rhyme = 'The cat by the stove, the dog at a door; a mouse sings.'",
        ),
        ask(
            "q3",
            "Set `table` to a DataFrame with the columns `word` and `n`, the most frequent first, then by word.",
            "rows = sorted(frequencies.items(), key=lambda pair: (-pair[1], pair[0]))\n"
            "table = pd.DataFrame(rows, columns=['word', 'n'])",
            """
            >>> list(table.columns) == ['word', 'n']
            True

            >>> table['word'][:3].tolist() == ['the', 'a', 'at']
            True

            #: hidden
            >>> table['n'].is_monotonic_decreasing and len(table) == len(frequencies)
            True
            """,
            "table = pd.DataFrame({'word': list(frequencies), 'n': list(frequencies.values())})\n"
            "table = table.sort_values(['n', 'word'], ascending=[False, True]).reset_index(drop=True)",
            "table = pd.DataFrame(frequencies.items(), columns=['word', 'n'])",
            "table = pd.DataFrame({'n': frequencies})",
            points=3,
        ),
        ask(
            "q4",
            "Write `encode(text, shift)`: every small letter moved on in the alphabet; the rest stays.",
            """
            def encode(text, shift):
                out = ''
                for c in text:
                    out += chr((ord(c) - 97 + shift) % 26 + 97) if 'a' <= c <= 'z' else c
                return out
            """,
            """
            >>> isinstance(encode('abc', 1), str)
            True

            >>> encode('abc', 1) == 'bcd'
            True

            >>> encode('xyz!', 3) == 'abc!'
            True

            #: hidden
            >>> text = 'hide it by the mill'
            >>> encode(encode(text, 7), -7) == text
            True
            """,
            "import string\ndef encode(text, shift):\n    a = string.ascii_lowercase\n    k = shift % 26\n"
            "    return text.translate(str.maketrans(a, a[k:] + a[:k]))",
            "def encode(text, shift):\n    return ''.join(chr(ord(c) + shift) for c in text)",
            "def encode(text, shift):\n    return text[shift:] + text[:shift]",
            points=2,
        ),
    ),
    "import numpy as np\nimport pandas as pd",
    again="repeat",
    habit="reset",
    variants=(
        Variant(
            "str-that-lies",
            {
                "q4": "class Yes(str):\n    def __eq__(self, other):\n        return True\n    def __repr__(self):\n"
                "        return \"'bcd'\"\n\ndef encode(text, shift):\n    return Yes(text)"
            },
            honest=False,
        ),
    ),
)

TEXTS = (STRINGS, WORDS)
