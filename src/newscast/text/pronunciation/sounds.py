"""One spelled word -> its IPA: letters to sounds, diphthongs, stress.

A word comes in as Indonesian spells it, with every e decided: é is taling (ember), e is pepet
(dengan); a hyphen keeps two letters apart (Is-hak, warna-i). Each rule of LETTERS can be read
alone; they are tried from top to bottom.

Three choices were measured, with Kokoro speaking and Whisper listening: a final k is a k, not a
glottal stop; stress never falls on a schwa that has a choice; é and è are one sound, e. That a stop
loses its voice at the end of a syllable, and that v is not f, made no difference to the listener.
"""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """Letters (a regular expression) -> sounds, and why."""

    letters: str
    sounds: str
    reason: str


#: Before these a stop keeps its voice.
_AFTER_STOP = "[aiueəoɔlrjwhbdg]"

#: é has become e and e ə before these are tried.
LETTERS = tuple(
    Rule(*row)
    for row in (
        ("ng", "ŋ", "and so ngg is ŋg: tinggi"),
        ("nk$", "ŋk", "bank, but jangankan"),
        ("ny(?=[aiueəo])", "ɲ", "but Denny"),
        ("s[yh]", "ʃ", "syarat, Shinta"),
        ("^x", "s", "Xenia, Xi"),
        ("x", "ks", "Alex"),
        ("ck", "k", "Patrick"),
        ("(?<=s)c(?=[aou])", "k", "Francesco"),
        ("ch?(?=[lrts])|c(?=[nmd]|$)", "k", "Christian, Clara, Victor, Sachs, Eric"),
        ("ch(?=[mn])", "x", "Achmad, Rachmat"),
        ("ch?", "tʃ", "cari, China"),
        ("kh", "x", "khusus"),
        ("gh", "g", "Baghdad"),
        ("ph", "f", "Philip"),
        ("wh", "w", "Whitney"),
        ("(?<=[tdb])h|(?<=^r)h", "", "Thamrin, Ramadhan, Bhayangkara, Rhoma"),
        ("qu(?=[aeioə])", "kw", "Quick"),
        ("q", "k", "Qatar"),
        ("zh|j", "dʒ", "jalan, Zhejiang"),
        ("oy(?![aiueəo])", "ɔɪ", "Roy"),
        ("(?<=[ae])y(?![aiueəo])", "ɪ", "Jay, Béyjing: a diphthong wherever it stands, as ai is not"),
        ("(?<=a)w(?![aiueəo])", "ʊ", "Hawston for Houston"),
        ("(?<=o)w(?![aiueəo])", "", "Moskow"),
        ("y(?![aiueəoɔ])", "i", "Andry, Kyrgyz"),
        ("y", "j", "yang"),
        ("v(?![aiueəoɔlrwyj])", "f", "Gorbachev, livestream"),
        (f"(?<!^)b(?!{_AFTER_STOP})", "p", "sebab, absen: a stop that ends a syllable has no voice"),
        (f"(?<!^)d(?!ʒ|z|ʃ|{_AFTER_STOP})", "t", "abad, advokat"),
        (f"(?<!^)g(?!{_AFTER_STOP})", "k", "zigzag, magnet"),
        ("g", "ɡ", "the letter of IPA"),
    )
)
#: Two vowels in one syllable.
_DIPHTHONGS = {"ai": "aɪ", "au": "aʊ", "oi": "ɔɪ", "ei": "eɪ"}
#: Letters; what is longer is noise, and its syllables would take long to find.
_LONGEST_WORD = 30
#: These lean on the word after them.
_UNSTRESSED = frozenset(("yang", "di", "ke", "dan", "si"))
_PRIMARY, _SECONDARY = "ˈ", "ˌ"

_LOOKING_AROUND = re.compile(r"\(\?<?[=!].*?\)")


def _first_letters(pattern: str) -> frozenset[str]:
    """The letter that each alternative begins with: without them in a word, a rule need not be tried."""
    return frozenset({choice.lstrip("^")[0] for choice in _LOOKING_AROUND.sub("", pattern).split("|")})


_LETTERS = tuple((re.compile(rule.letters), rule.sounds, _first_letters(rule.letters)) for rule in LETTERS)
_DECIDED = str.maketrans("eéèê", "əeeə")
_NUCLEUS = re.compile("aɪ|aʊ|ɔɪ|eɪ|[aiueəo]")
_STRESS_BEHIND = re.compile(f"({_NUCLEUS.pattern})ˈ")
_PAIR_AT_END = re.compile("(?:ai|au|oi|ei)$")


@lru_cache(maxsize=1 << 12)  # the names of letters come again and again
def sounds(word: str) -> str:
    """IPA of one lower-case word in which é is taling and e is pepet, as spelled() has it.

    English words come with the sounds that have no letter of their own, and ˈ behind the stressed vowel.
    """
    ipa = word.translate(_DECIDED)
    there = set(ipa)
    for letters, sound, first in _LETTERS:
        if not first.isdisjoint(there):
            ipa = letters.sub(sound, ipa)
    ipa = "".join(map(_with_diphthongs, ipa.split("-"))).replace("ʧ", "tʃ").replace("ʤ", "dʒ")
    if _PRIMARY in ipa:
        return _STRESS_BEHIND.sub(r"ˈ\1", ipa)
    return ipa if word in _UNSTRESSED else _stressed(ipa)


def _with_diphthongs(ipa: str) -> str:
    """`ipa` with ai, au, oi and ei made one at its end, and inside where they are in one syllable.

    So pantai, pulau, saudara; but air is two syllables, and warna-i is kept apart by its hyphen.
    """
    ipa = _PAIR_AT_END.sub(lambda pair: _DIPHTHONGS[pair[0]], ipa)
    if not any(pair in ipa for pair in _DIPHTHONGS) or len(ipa) > _LONGEST_WORD:
        return ipa
    syllables = front_end().to_syllables(ipa)
    for pair, one in _DIPHTHONGS.items():
        syllables = [syllable.replace(pair, one) for syllable in syllables]
    return "".join(syllables)


def _stressed(ipa: str) -> str:
    """`ipa` with ˈ before the vowel of the last syllable but one, or of the last if that is a schwa.

    If both are, the last full vowel has it. A word of four syllables or more also has ˌ at its
    beginning. Measured: stress on schwas makes the voices harder to understand, and so does none.
    """
    nuclei = list(_NUCLEUS.finditer(ipa))
    if not nuclei:
        return ipa
    count = len(nuclei)
    full = [place for place, nucleus in enumerate(nuclei) if nucleus[0] != "ə"]
    primary = next((place for place in (count - 2, count - 1, *reversed(full)) if place in full), count - 1)
    marks = {nuclei[primary].start(): _PRIMARY}
    secondary = 1 if nuclei[0][0] == "ə" else 0
    if secondary <= primary - 2:
        marks[nuclei[secondary].start()] = _SECONDARY
    for place in sorted(marks, reverse=True):
        ipa = ipa[:place] + marks[place] + ipa[place:]
    return ipa


@cache
def front_end() -> Any:
    """Sanotts' Indonesian front end, which takes a while to import: its dictionary and its syllables."""
    from sanotts import id_indo_g2p

    return id_indo_g2p
