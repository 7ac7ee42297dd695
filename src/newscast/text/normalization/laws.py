"""law references, numbered things and ordinals as written -> as said."""

import re

from newscast.text.letters import letters
from newscast.text.normalization.acronyms import said_acronym
from newscast.text.normalization.codes import spell_code
from newscast.text.normalization.numbers import cardinal, digits, ordinal, ordinal_in_english, roman
from newscast.text.normalization.rule import CAPITALS, FIGURE, LETTER, NUMBER, before, rule, word_before

_LAWS = """
    Ingub Inmendagri Inpres Kepgub Kepmen Kepmenaker Kepmendagri Kepmenkes Keppres PBI PERMA PKPU PMA
    PMK POJK PP Perbup Perda Pergub Perkada Perkap Perma Permen Permenag Permenaker Permendag
    Permendagri Permendes Permendikbud Permendikbudristek Permenhub Permenkes Permenkeu Permenkumham
    Permenpan Permenparekraf Permenperin Permenristekdikti Permensos Permentan Perpol Perppu Perpres
    Perpu Perwali Qanun RUU SE UU
"""


@rule(
    "no nomor nomer",
    r"\.? ?(?P<number>\d{1,4})(?P<suffix>[A-Z])?(?:/| Tahun | tahun )(?P<year>(?:1[89]|20)\d\d)(?!\d)",
)
def number_and_year(match: re.Match[str]) -> str:
    """`UU No. 6/2023`: the number and the year of a law."""
    suffix = f" {letters(match['suffix'])}" if match["suffix"] else ""
    return f"nomor {cardinal(int(match['number']))}{suffix} tahun {cardinal(int(match['year']))}"


@rule(_LAWS, r" (?P<number>\d{1,3})(?:/| Tahun | tahun )(?P<year>(?:1[89]|20)\d\d)(?!\d)")
def law(match: re.Match[str]) -> str:
    """`UU 6/2023`, `Perpres 12/2024`, without No."""
    law = _law_name(match["start"])
    return f"{law} nomor {cardinal(int(match['number']))} tahun {cardinal(int(match['year']))}"


def _law_name(name: str) -> str:
    return "undang undang" if name == "UU" else said_acronym(name)


@rule("UU", r"(?!\w| \(\d)")
def statute(_: re.Match[str]) -> str:
    """`UU ITE`, `UU Cipta Kerja`; not `UU (38)`, a person."""
    return _law_name("UU")


@rule("hal hlm", r"\.? ?(?=\d)")
def page_sign(_: re.Match[str]) -> str:
    """`hal. 7`, `hlm. 7`; not `hal itu`, a word."""
    return "halaman "


@rule("jo", r"\.? (?=(?i:pasal|uu|undang|peraturan|ayat|perpres|pp)\b|\d)")
def juncto(_: re.Match[str]) -> str:
    """`Pasal 2 jo. Pasal 18`; not `Jo Tan`, a name."""
    return "juncto "


@rule(
    "no",
    r"[.:]? ?(?=\d|[IVX]{1,5}\b|[A-Z]{1,4}[.-]?\d"
    r"|(?i:hp|telp|telepon|wa|rek|rekening|urut|ktp|polisi|surat)\b)",
)
def number_sign(match: re.Match[str]) -> str | None:
    """`No. 7`, `no 7`; not `NO2`, a gas."""
    return None if match[0] == "NO" and match.string[match.end()].isdigit() else "nomor "


@rule(
    "ayat angka butir huruf pasal poin nomor bagian",
    r"(?P<items>(?:(?:,|,? dan| atau| serta| sampai| hingga|,? dan/atau| jo\.?|-)? ?\(\w{1,3}\)){1,6})",
)
def law_item(match: re.Match[str]) -> str:
    """`ayat (1)`, `ayat (2) dan (3)`, `huruf (b)`: these brackets make no pause."""
    items = re.sub(r"\((\w+)\)", lambda item: f" {spell_code(item[1])} ", match["items"])
    return f"{match['start']} {items.replace('-', ' sampai ').replace('/', ' ').replace('jo.', 'juncto')}"


@rule(
    "ke",
    r" ?- ?(?:(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,6})|(?P<roman>[IVXLCDM]{1,9})(?!\w))(?!\d|[.,]\d)"
    r"(?:\+(?P<plus>\d{1,2}))?(?:-?(?P<tail>nya|an)(?!\w))?",
)
def ordinal_number(match: re.Match[str]) -> str | None:
    """`ke-5`, `ke-XX`, `ke-45+2`, `ke-2-nya`."""
    n = roman(match["roman"]) if match["roman"] else int(match["n"].replace(".", ""))
    if n is None:
        return None
    in_law = n == 1 and re.search(r"(?i:pasal|ayat)", before(match, 24))
    words = ("kesatu" if in_law else ordinal(n)) + (match["tail"] or "")
    if match["plus"]:
        words += f" plus {cardinal(int(match['plus']))}"
    return words.capitalize() if match["start"][0].isupper() else words


_PART = r"[A-Z0-9]{1,12}(?:[.-][A-Z0-9]{1,12}){0,3}"


@rule((NUMBER, CAPITALS, LETTER), rf"(?P<code>{_PART}(?:/{_PART}){{2,8}})(?![\w/])")
def reference(match: re.Match[str]) -> str | None:
    """`LP/B/77/VI/2025`, `19/PUU-X/2012`: months are Roman; not `SD/SMP/SMA`, not `24/7/365`."""
    parts = match["code"].split("/")
    if not (any(map(str.isdigit, parts)) and any(map(str.isupper, parts))):
        return None
    words = (word for part in parts for word in re.findall(r"\w+|\.(?=\d)", part))
    return " ".join(map(_reference_word, words))


def _reference_word(word: str) -> str:
    if word.isdigit():
        return digits(word) if word[0] == "0" or len(word) > 4 else cardinal(int(word))
    n = roman(word) if re.fullmatch("[IVX]+", word) else None
    return cardinal(n) if n else spell_code(word)


@rule((FIGURE,), r"(?P<n>\d{1,3})(?P<tail>st|nd|rd|th|ST|ND|RD|TH)(?!\w)(?P<name>(?= [A-Z]))?")
def english_ordinal(match: re.Match[str]) -> str | None:
    """`The 3rd Expo`, `10th Anniversary`; not `usia 5th`, years."""
    n, tail = int(match["n"]), match["tail"].lower()
    usual = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    english = match["name"] is not None or word_before(match)[:1].isupper()
    return ordinal_in_english(n) if english and tail == usual and n <= 100 else None


RULES = (
    reference, number_and_year, law, statute, page_sign, juncto, number_sign, law_item, ordinal_number,
    english_ordinal,
)  # fmt: skip
