"""A line of text -> what its shape says of it: a sentence, a headline, an item of a list."""

import re
from functools import lru_cache

#: A full stop, also before closing quotes, a bracket ("... katanya. (TPB/SDGs)"), emoji and stars; a closing
#: quote; a colon or semicolon.
_ENDED = re.compile(
    r"[.!?…][\"”’'»)\]]*(?: ?[(\[][^()\[\]]{1,40}[)\]])?[\s*\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]*$"
    r"|[.,!?…\w][\"”]$|:$|;$"
)
#: Characters at the end of a line that tell how it ends.
_TAIL = 80
QUOTES = ('"', "“", "”", "‘", "'", "«")
BULLET = re.compile(r"^(?:[•●▪■*·–-]\s+|(?:\d{1,2}|[a-h])[.)]\s+(?=\S))")
_INSIDE = re.compile(r"[a-z)]{2}[.!?][\"”]? (?=[A-Z\"“])")
WORD = re.compile(r"\w+")
#: Words that headlines write small though the others have capitals.
SMALL_WORDS = frozenset(
    "di ke dari dan yang untuk pada dengan dalam atau oleh bagi demi hingga sampai vs soal agar karena "
    "tapi per para si sang dkk serta tanpa usai saat sejak jelang terkait sebagai kepada terhadap "
    "antara tentang jika namun tak lalu lewat via ala oh of the and for by in to a".split()
)


def words_in(text: str) -> int:
    """How many words."""
    return len(text.split())


def stops_inside(text: str) -> int:
    """How many sentences end before the end of a line."""
    return len(_INSIDE.findall(text))


@lru_cache(maxsize=4096)  # asked ten times of each line
def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does; a headline that asks, calls or quotes does not count."""
    if not _ENDED.search(text[-_TAIL:]):
        return False
    if text[-1] in "!?" and text[0] not in QUOTES and words_in(text) > 4 and is_title_case(text):
        return False
    if text[-1] in '"”' and text[-2:-1].isalnum():
        return text[0] in QUOTES and not is_title_case(text)
    return True


@lru_cache(maxsize=4096)
def is_title_case(text: str) -> bool:
    """Whether most long words are capitalized, as in a headline."""
    long = [w for w in WORD.findall(text) if len(w) > 3 and not w[0].isdigit()]
    return len(long) >= 2 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


def is_plain(word: str) -> bool:
    """Whether a word is written small that a headline in capitals writes large."""
    return word.isalpha() and word.islower() and word not in SMALL_WORDS


#: A verb as a predicate has it ("mengatakan", "dihukum", "berada"), or a small word beside one.
_VERB = re.compile(
    r"(?:me[mnlrw]|meng|meny|di|ber|ter)[a-z]{4,}$|"
    r"(?:akan|telah|sudah|adalah|ialah|tidak|kata|ujar|masih|belum|boleh|dapat|bisa|harus)$"
)
#: A list may also be announced without a colon.
LEADS_IN = re.compile(
    r"\b(?:(?:berikut|bawah)(?: ini)?|yaitu|yakni|ialah|adalah|antara lain|meliputi)\W{0,2}$"
)


def has_verb(text: str) -> bool:
    """Whether a verb, written small, is among the words behind the first."""
    return any(_VERB.match(word) for word in text.split()[1:])


@lru_cache(maxsize=4096)
def is_prose(text: str) -> bool:
    """Whether a line reads like a sentence, with or without its full stop; a headline does not."""
    words = text.split()
    small = sum(map(is_plain, words))
    if small < 3 or small * 3 < len(words) or is_title_case(text):
        return False
    return len(words) >= 9 or (len(words) >= 6 and has_verb(text))


#: A quotation and who said it.
_SAID = re.compile(
    r"^[\"“].{3,400}[,.!?][\"”],? (?:kata|ujar|tutur|ucap|sebut|jelas|tegas|ungkap|papar|imbuh|tambah|"
    r"pungkas|terang|tulis|lanjut|begitu|demikian|tandas|beber|cetus|sambung|urai)"
)


def said_by(text: str) -> bool:
    """Whether a line is a quotation with its speaker, whatever words are in it."""
    return bool(_SAID.match(text))


#: An entry of a list or timetable: a figure, or a label and what it is.
_ENTRY = re.compile(r"\d|\w: ?\S")


def is_entry(text: str) -> bool:
    """Whether a short line is an entry of a list: "15.30 WIB: Persada vs Laskar", "Juara I: Desa Hulu"."""
    return words_in(text) <= 18 and bool(_ENTRY.search(text))
