"""capitals -> words or letters: two lists of acronyms, and what to do with those on neither."""

import re
from collections.abc import Container

from newscast.text.letters import letters
from newscast.text.normalization.capitals import SAID, SMALL, SPELLED, WORDS
from newscast.text.normalization.numbers import cardinal
from newscast.text.normalization.rule import CAPITALS, LETTER, before, rule, word_before

#: Consonants that can begin or end a word; others make a row of capitals unsayable.
_ONSETS = frozenset(
    """
    BL BR CH CHR CL CR DR DW DY FL FR GL GR GW GY HY KH KL KN KR KW MB ND NG NGR NJ NY PH PL PR PS SC SCH
    SCR SH SHR SK SKR SL SM SN SP SPL SPR SQ SR ST STR SW SY TH THR TR TRY TS TW WH WR ZH
    """.split()
)
_CODAS = frozenset(
    """
    BS CH CK CKS CT CTS DS FF FT FTS GH GHT GHTS GS KH KS LD LF LK LL LLS LM LS LT LTH LTS MB MP MPS MS ND
    NDS NG NGS NK NKS NS NT NTH NTS PP PS PT RCH RD RDS RK RKS RL RLD RM RMS RN RNS RS RT RTH RTS SH SK SM SS
    ST STS TCH TH THS TS TT WN WS
    """.split()
)
_CONSONANTS = re.compile(r"([^AIUEO]*)(.*?)([^AIUEOY]*)")
_VOWEL = re.compile("[aiueoAIUEO]|[^a-zA-Z]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LOUD = re.compile(r"[A-Z]{5}")
#: Two words in capitals side by side, or one long one.
_SHOUTED = re.compile(r"[A-Z]{5}|^[A-Z]{4} |[A-Z]{2}[ -][A-Z]{2}")
#: Words in capitals side by side, single letters between them too: I LOVE YOU.
#: A place at the beginning: KRUI (media.co.id) - Pedagang; a bank's code would be followed by its name.
_DATELINE = re.compile(r"([A-Z]{4})(?: - | \([\w.]*\.\w)")
_RUN = re.compile(r"(?<![\w.&/'])[A-Z]{1,24}(?:[ -][A-Z]{1,24}){1,30}(?![\w&/'])")
_TITLE_CASE = re.compile(r"[A-Z]?[^A-Z]*")


def is_sayable(word: str) -> bool:
    """Whether capitals could be a word of Indonesian or English by their sounds: PASAR, LIGHTS, not BPJS."""
    match = _CONSONANTS.fullmatch(word)
    assert match is not None
    onset, middle, coda = match.groups()
    return bool(middle) and (len(onset) < 2 or onset in _ONSETS) and (len(coda) < 2 or coda in _CODAS)


def said_acronym(word: str) -> str:
    """DPR -> dé pé ér, NATO -> Nato, MotoGP -> Moto gé pé; an ordinary word stays as it is."""
    if word.isdigit():
        return cardinal(int(word))
    if re.match("detik[A-Z]", word):
        return f"détik {said_acronym(word[5:])}"
    if word in SAID:
        return SAID[word]
    upper = word.upper()
    if _TITLE_CASE.fullmatch(word) and not (len(word) == 1 and word.isupper()):
        return word
    if upper in WORDS:
        return word.capitalize() if word.isupper() else word[0] + word[1:].lower()
    if word.isupper() and not word.isascii():
        return word.capitalize()  # ROSÉ is a name: acronyms have no accents
    if word.isupper():
        spelled = len(word) < 5 or word in SPELLED or not is_sayable(word)
        return letters(word) if spelled else word.capitalize()
    if suffixed := re.fullmatch(r"([A-Z]{2,8})(nya|lah|kah|pun|kan|an|ku|mu)", word):
        return f"{said_acronym(suffixed[1])} {suffixed[2]}"
    if tail := re.fullmatch(r"(.*[a-z])([A-Z]{2,6})", word):
        sayable = len(tail[2]) > 3 and tail[2] not in SPELLED and is_sayable(tail[2])
        return f"{tail[1]} {tail[2].lower() if sayable else said_acronym(tail[2])}"
    return word


def said_lower(word: str) -> str:
    """kpk -> ka pé ka: as in an address, where acronyms have no capitals."""
    if word.upper() in SPELLED or not _VOWEL.search(word):
        return letters(word)
    return said_acronym(word)


def unshout(text: str, kept: Container[str] = ()) -> str:
    """Give a line that is mostly capitals the small letters back, but for its acronyms and `kept`; and so
    a title or a place in capitals within a line: film THE GLORY DAYS, KABUPATEN INDRAGIRI HULU.
    """
    if not _SHOUTED.search(text):
        return text
    if (dateline := _DATELINE.match(text)) and _unshouted(dateline[1]) != dateline[1]:
        text = dateline[1].capitalize() + text[4:]
    words = _WORD.findall(text)
    loud = sum(map(str.isupper, words))
    if loud < 2 or not _LOUD.search(text) or loud * 3 < len(words) * 2:
        return _RUN.sub(lambda match: _unshouted_run(match[0], kept), text)
    return _WORD.sub(lambda match: match[0] if match[0] in kept else _unshouted(match[0]), text)


def _unshouted(word: str) -> str:
    acronym = word in SPELLED or not is_sayable(word) or not word.strip("IVX")
    return word.capitalize() if word.isupper() and not acronym else word


def _unshouted_run(run: str, kept: Container[str]) -> str:
    """Capitals side by side: beside words that are long, short ones are words, too."""
    words = _WORD.findall(run)
    sure = [word for word in words if _is_word(word)]
    if not any(len(word) > 3 for word in sure):
        return run
    rest = [word for word in words if word not in sure and word not in SMALL]
    many = len(sure) >= 2 * len(rest)
    likely = {
        w for w in rest if len(sure) > 1 and (len(w) == 4 or many) and len(w) > 2 and _unshouted(w) != w
    }
    low = {word for word in words if word in likely or word in SMALL or word in sure} - {
        w for w in words if w in kept
    }
    return _WORD.sub(
        lambda match: match[0].capitalize() if match[0] in low and match[0] not in kept else match[0], run
    )


def _is_word(word: str) -> bool:
    return word in WORDS or (len(word) > 4 and word not in SPELLED and is_sayable(word))


#: What is said of persons whom the police or a court names by initials.
_PERSONAL = (
    r"(?:alias|mengaku|diamankan|ditangkap|dibekuk|diringkus|dicokok|digelandang|ditahan(?! imbang)|dijerat"
    r"|divonis|didakwa|nekat|kabur|tewas|meninggal|dianiaya|disekap|dicabuli|diperkosa|berdalih|beralasan)"
)
_ADVERBS = "akhirnya|berhasil|juga|kemudian|kini|lalu|langsung|pun|sempat|sudah|telah"


@rule("AS AI DJ EV IT MC", rf" (?:(?:{_ADVERBS}) ){{0,3}}(?={_PERSONAL}\b)")
def suspect(match: re.Match[str]) -> str | None:
    """`AI kini telah diamankan`, `AS mengaku`, not `prajurit AS mengaku`: initials of somebody."""
    if word_before(match)[-1:].isalpha() and word_before(match).lower() not in (
        "tersangka",
        "pelaku",
        "korban",
    ):
        return None
    return letters(match["start"]) + match[0][len(match["start"]) :].rstrip()


@rule("AS", "")
def the_country(match: re.Match[str]) -> str:
    """`AS` is Amerika Serikat, but not in brackets after the full name, nor where it names a suspect."""
    suspect = re.search(r"inisial AS\b|\bAS \(\d", before(match, 400))
    return letters("AS") if suspect or before(match, 1) == "(" else "Amerika Serikat"


@rule((CAPITALS,), r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)")
def acronym(match: re.Match[str]) -> str:
    """`KPK` is spelled, `ASEAN` is said; see capitals.py and lexicon.tsv."""
    return said_acronym(match["word"])


@rule((LETTER,), r"(?P<letter>[b-hj-np-tv-zB-HJ-NP-TV-Z])(?![^\W\d]|')")
def lone_letter(match: re.Match[str]) -> str:
    """`Grup C`, `huruf b`: a letter alone is named, not `I Made`, not `vitamin A`."""
    return letters(match["letter"])


RULES = (suspect, the_country, acronym, lone_letter)
