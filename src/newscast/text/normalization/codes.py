"""plates, flights, models and other codes of letters and digits -> as said."""

import re

from newscast.text.letters import letters
from newscast.text.normalization.acronyms import said_acronym
from newscast.text.normalization.capitals import ENGLISH_LETTERS
from newscast.text.normalization.numbers import cardinal, digits
from newscast.text.normalization.rule import CAPITALS, JOINED, LETTER, rule, word_before


def spell_code(text: str) -> str:
    """G20, B737-800, XBB.1.5, H5N1 -> letters spelled, numbers as numbers."""
    words = []
    for part in re.findall(r"[^\W\d_]+|\d+|\.", text):
        if part.isdigit():
            words.append(digits(part) if part[0] == "0" or len(part) > 4 else cardinal(int(part)))
        elif part == ".":
            words.append("titik")
        else:
            words.append(said_acronym(part))
    return " ".join(words)


_SIGNS = {"-": "minus", "+": "plus", "": ""}
_GRADED = frozenset("darah golongan grade menjadi nilai peringkat predikat rating".split())
#: The first letters of Indonesian number plates.
_PLATES = frozenset(
    """
    A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP CC CD D DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT
    DW E EA EB ED F G H K KB KH KT KU L M N P PA PB PS R RI S T W Z ZZ
    """.split()
)


#: After one of these a letter and a number are a number plate, even without the letters at its end.
_PLATED = frozenset(
    """
    angkot avanza bernopol berpelat bus innova minibus mobil motor nopol pelat pikap plat polisi sedan
    taksi truk xenia
    """.split()
)


@rule((CAPITALS, LETTER), r"(?P<first>[A-Z]{1,2})&(?P<second>[A-Z]{1,2})(?![\w'])")
def ampersand(match: re.Match[str]) -> str:
    """`S&P 500`, `F&B`, `R&B`: English letters."""
    first, second = (" ".join(ENGLISH_LETTERS[c] for c in match[part]) for part in ("first", "second"))
    return f"{first} én {second}"


@rule(
    (CAPITALS, LETTER),
    r"(?P<id>id)?(?P<grade>A{1,3}|B{1,3}|C{1,3}|D)(?P<sign>[+-]?)(?P<sharia>\(sy\))?(?=[\s.,;:)]|$)",
)
def rating(match: re.Match[str]) -> str | None:
    """`peringkat BB-`, `AA+`; a single letter only behind its cue: `nilai A-`, not `kelas A-`."""
    graded = match["id"] or (match["sign"] and len(match["grade"]) > 1)
    if not graded and not (match["sign"] and word_before(match).lower() in _GRADED):
        return None
    sharia = "syariah" if match["sharia"] else ""
    return f"{letters(match['grade'])} {_SIGNS[match['sign']]} {sharia}".strip()


@rule(
    (CAPITALS, LETTER),
    r"(?P<area>[A-Z]{1,2})[ -]?(?P<number>\d{1,4})(?:[ -](?P<series>[A-Z]{1,3}))?(?![\w'])",
)
def plate(match: re.Match[str]) -> str | None:
    """`AB 1234 XY`, `mobil B 1234`: letters and digits one by one."""
    area, series = match["area"], match["series"] or ""
    if area not in _PLATES or not (series or word_before(match).lower() in _PLATED):
        return None
    return f"{letters(area)} {digits(match['number'])} {letters(series)}".rstrip()


@rule("H", r" ?(?P<sign>[-+])(?P<number>\d{1,3})(?!\d|[.,]\d)")
def days_before(match: re.Match[str]) -> str:
    """`H-1`, `H+7`: days to or from the day."""
    return f"ha {'min' if match['sign'] == '-' else 'plus'} {cardinal(int(match['number']))}"


@rule("Boeing Airbus ATR", r" (?P<model>\d{2,3})(?:-(?P<variant>\d{1,4}))?(?!\d|[.,]\d)")
def airliner(match: re.Match[str]) -> str:
    """`Boeing 737-800`, `ATR 72-500`: no range; a Boeing's three digits are said one by one."""
    model, variant = match["model"], match["variant"]
    said = digits(model) if re.fullmatch(r"7\d7", model) else cardinal(int(model))
    return f"{said_acronym(match['start'])} {said}" + (f" {cardinal(int(variant))}" if variant else "")


@rule("versi version ios android macos windows bluetooth", r" (?P<version>\d{1,4}(?:\.\d{1,4}){1,3})(?!\w)")
def version(match: re.Match[str]) -> str:
    """`versi 2.0`, `Android 14.1`: here the dot is said."""
    return f"{said_acronym(match['start'])} {spell_code(match['version'])}"


@rule((JOINED,), r"[A-Z]{1,4}(?:\.\d{1,3}){1,5}(?!\w)")
def dotted_code(match: re.Match[str]) -> str:
    """`XBB.1.5`, `B.1.617`."""
    return spell_code(match[0])


@rule((JOINED,), r"[A-Z]{1,12}-?\d{1,20}(?:[A-Z]{1,4}\d{0,4}){0,3}(?:-\d{1,4})?(?!\w)")
def code(match: re.Match[str]) -> str:
    """`G20`, `F-16`, `U-23`, `COVID-19`, `H5N1`: one code, so nothing in it is a minus or a range."""
    return spell_code(match[0])


RULES = (
    ampersand, rating, plate, days_before, airliner, version, dotted_code, code,

)  # fmt: skip
