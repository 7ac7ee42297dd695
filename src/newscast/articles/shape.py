"""A line of text -> what its shape says of it: a sentence, a headline, an item of a list."""

import re

_ENDED = re.compile(r"[.!?…][\"”’'»)\]]*$|[.,!?…\w][\"”]$|:$|;$")
QUOTES = ('"', "“", "”", "‘", "'", "«")
BULLET = re.compile(r"^(?:[•●▪■*·–-]\s+|(?:\d{1,2}|[a-h])[.)]\s+(?=\S))")
WORD = re.compile(r"\w+")


def words_in(text: str) -> int:
    """How many words."""
    return len(text.split())


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does; a headline that is a quotation does not count."""
    if not _ENDED.search(text):
        return False
    if text[-1] in '"”' and text[-2:-1].isalnum():
        return text[0] in QUOTES and not is_title_case(text)
    return True


def is_title_case(text: str) -> bool:
    """Whether most long words are capitalized, as in a headline."""
    long = [w for w in WORD.findall(text) if len(w) > 3 and not w[0].isdigit()]
    return len(long) >= 2 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)
