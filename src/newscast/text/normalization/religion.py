"""blessings, verses and traditions of Islam as written -> as said."""

import re

from newscast.text.normalization.numbers import cardinal
from newscast.text.normalization.rule import before, rule

_PROPHET = re.compile(
    r"\b(?:(?i:nabi|rasul|malaikat|nabiyullah)|(?P<woman>Siti(?= (?:Asiyah|Hajar|Maryam|Sarah)))) "
    r"(?:[A-Z][\w']+ ?){1,4}(?:\(|, )?$"
)
#: Whose names are followed by RA, if bin or binti does not tell.
_COMPANION = re.compile(
    r"\b(?:bin|binti|[Ss]ahabat|Abi|Abu|Aisyah|Ali|Bilal|Fatimah|Hafsh?ah|Hasan|Husain|Husein|Ibnu|Khadijah"
    r"|Muadz|Salman|Sayyidina|Umar|Ummu|U[st]s?man|Zubair)\b[^.,()]{0,30}(?:\(|, )?$"
)
_WOMAN = re.compile(r"\b(?:binti|Aisyah|Fatimah|Hafsh?ah|Khadijah|Ummu|Asma|Siti|Sumayyah|Zainab)\b")
_END = r"(?:(?P<dot>(?<=\.))(?P<last>$))?(?!\w)"


def _stop(match: re.Match[str]) -> str:
    return "." if match["dot"] is not None and match["last"] is not None else ""


@rule("AS as a.s. A.S. as.", _END)
def peace_upon_him(match: re.Match[str]) -> str | None:
    """`Nabi Ibrahim AS`, `Nabi Musa a.s.`, not `tentara AS`: behind a prophet it is no country."""
    found = _PROPHET.search(before(match))
    return found and ("alaihassalam" if found["woman"] else "alaihissalam") + _stop(match)


@rule("RA ra r.a. R.A.", _END)
def pleased_with(match: re.Match[str]) -> str | None:
    """`Umar bin Khattab RA`, `Aisyah r.a.`, not `Rumah RA`: behind a companion of the Prophet."""
    head = re.split(r"\b(?:dan|dari|oleh|serta|bahwa)\b|[,;]", before(match, 40).rstrip(", "))[-1] + " "
    if not _COMPANION.search(head) or match["start"] == "Ra":
        return None
    return ("radiallahu anha" if _WOMAN.search(head) else "radiallahu anhu") + _stop(match)


@rule("saw saw.", _END)
def blessing(match: re.Match[str]) -> str | None:
    """`Nabi Muhammad saw.`, not `pohon saw`."""
    if not re.search(r"(?:Nabi|Rasul|Muhammad|Rasulullah|Saw)(?: \()?\W*$", before(match, 16)):
        return None
    return "sallallahu alaihi wasallam" + _stop(match)


_SURAH = r"(?:[A-Z][\w']*|al|an|as|at|az|ad|ar|asy)(?:[ -][A-Z][\w']*){0,3}"
#: A chapter, and no letter of an office: Surat Edaran Nomor 5.
_KNOWN = (
    r"(?:A[dlnrstz]y?[- ]|al[- ]|an[- ]|Ali|Fathir|Hud|Ibrahim|Luqman|Maryam|Muhammad|Nuh|Qaf|Saba"
    r"|Shad|Thaha|Y)"
)
_VERSES = (
    r"(?:(?: ?: ?|,? [Aa]yat:? | (?=\d))(?P<from>\d{1,3})(?:(?: ?- ?| ?sampai )(?P<to>\d{1,3}))?(?![\d:/]))"
)
_CHAPTER = r"(?: ?[\[(/] ?\d{1,3} ?[\])]?| \d{1,3}(?= ?:))?"


def _verses(match: re.Match[str]) -> str:
    if not match["from"]:
        return ""
    until = f" sampai {cardinal(int(match['to']))}" if match["to"] else ""
    return f" ayat {cardinal(int(match['from']))}{until}"


@rule(
    "QS QS. Q.S. Qs Qs.",
    r":? ?\(?(?!World|Top|Stars|Asia|Global)"
    rf"(?:(?P<name>(?![A-Z]{{2}}){_SURAH}){_CHAPTER}|(?P<n>\d{{1,3}})(?=:\d)){_VERSES}?",
)
def verse(match: re.Match[str]) -> str:
    """`QS Al-Maidah: 2`, `QS. Al-Baqarah [2]: 183`, `QS 2:183`: the book, the chapter, the verse."""
    return f"Quran surah {match['name'] or cardinal(int(match['n']))}{_verses(match)}"


@rule(
    "surah surat sura",
    rf" (?P<name>(?={_KNOWN}){_SURAH}){_CHAPTER} ?: ?(?P<from>\d{{1,3}})(?:-(?P<to>\d{{1,3}}))?(?!\d)",
)
def surah(match: re.Match[str]) -> str:
    """`surat Al-Maidah: 2`."""
    return f"{match['start']} {match['name']}{_verses(match)}"


@rule(
    "HR HR. H.R.",
    r":? ?(?=(?:[Ii]mam )?(?:[AI][a-z]{1,2}-)?(?:Abu|Ahmad|Baihaqi|Bukhari|Daruquthni|Darimi|Dailami|Hakim"
    r"|Ibnu|Malik|Muslim|Muttafaq|Nasa|Th?abrani|Tirmi|Turmu|Jama'?ah))",
)
def tradition(_: re.Match[str]) -> str:
    """`HR Bukhari`, `HR. Muslim`; not `H.R. Rasuna Said`, a person."""
    return "hadis riwayat "


RULES = (peace_upon_him, pleased_with, blessing, verse, surah, tradition)
