"""telephone numbers, plates, codes, addresses and law references as written -> as said."""

import re

from newscast.text.acronyms import LETTERS, letters, said_acronym
from newscast.text.numbers import amount, cardinal, digits, ordinal, roman
from newscast.text.rule import CAPITALS, JOINED, LETTER, NUMBER, PAUSE, before, choice, rule

#: The first letters of Indonesian number plates.
_PLATES = frozenset(
    """
    A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP CC CD D DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT
    DW E EA EB ED F G H K KB KH KT KU L M N P PA PB PS R RI S T W Z ZZ
    """.split()
)
_LAWS = """
    Inpres Kepmen Kepmenaker Kepmenkes Keppres PBI Perbup Perda Pergub PERMA Perma Permen Permenag
    Permenaker Permendag Permendagri Permendikbud Permendikbudristek Permenhub Permenkes Permenkeu Permenpan
    Permenperin Permensos Perppu Perpres Perpu Perwali PKPU PMK POJK PP Qanun RUU SE UU
"""


def spell_groups(text: str) -> str:
    """0812-3456-7890 -> digits, with a breath between the groups."""
    return f"{PAUSE} ".join(filter(None, map(digits, re.split(r"\D+", text))))


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


@rule(
    NUMBER,
    r"(?:62[ .-]?8\d{1,2}(?:[ .-]?\d{3,4}){2,3}|0?8\d{2}(?:[ .-]\d{3,4}){2,3}|08\d{8,11}"
    r"|0\d{2,3}[-/ ]\d{3,4}[ -]?\d{3,4}|62[ -]\d{2,3}[ -]\d{3,4}[ -]?\d{3,4}|0800[- ]\d-?\d{2,3}-?\d{3}"
    r"|1500[- ]?\d{3})(?!\d|[.,-]\d)",
)
def telephone(match: re.Match[str]) -> str:
    """0812-3456-7890, 021-5551234, 1500-123: digit by digit, in the groups it is written in."""
    return spell_groups(match[0])


@rule("(", r"(?P<area>0\d{2,3})\) ?(?P<rest>\d{3,4}[ -]?\d{2,4})(?!\d)")
def telephone_with_area(match: re.Match[str]) -> str:
    """(021) 5551234."""
    return spell_groups(f"{match['area']} {match['rest']}")


@rule("+", r"(?P<rest>\d{1,3}(?:[ -]?\d{2,4}){2,5})(?!\d)")
def telephone_abroad(match: re.Match[str]) -> str:
    """+62 812 3456 7890."""
    return f"plus {spell_groups(match['rest'])}"


@rule(
    "hotline telepon telp tlp hp wa whatsapp center centre darurat hubungi kontak nik nip npwp nisn nim "
    "rekening pos pin otp sms kode",
    r"[.:]?(?: (?:ke|di|nomor|no\.|pos|rekening))?[ :] ?(?P<digits>\d{3,20})(?!\w|[.,-]\d)",
)
def number_to_dial(match: re.Match[str]) -> str | None:
    """hotline 110, kode pos 40132, NIK 3201...: a number one dials or types, not a quantity."""
    head = match[0][: match.start("digits") - match.start()]
    spoken_head = head if head[:1].islower() else " ".join(said_acronym(word) for word in head.split())
    return f"{spoken_head.replace('.', '').replace(':', '')} {digits(match['digits'])}"


@rule(CAPITALS, r"(?P<area>[A-Z]{2})[ -]?(?P<number>\d{1,4})[ -](?P<series>[A-Z]{1,3})(?![\w'])")
def plate(match: re.Match[str]) -> str | None:
    """B 1234 XYZ: letters and digits one by one."""
    if match["area"] not in _PLATES:
        return None
    return f"{letters(match['area'])} {digits(match['number'])} {letters(match['series'])}"


@rule(LETTER, r"(?P<area>[A-Z])[ -]?(?P<number>\d{3,4})[ -](?P<series>[A-Z]{1,3})(?![\w'])")
def plate_of_one_letter(match: re.Match[str]) -> str | None:
    """B 1234 XYZ."""
    return plate.read(match)


@rule("H", r" ?(?P<sign>[-+])(?P<number>\d{1,3})(?!\d|[.,]\d)")
def days_before(match: re.Match[str]) -> str:
    """H-1, H+7: days to or from the day."""
    return f"ha {'min' if match['sign'] == '-' else 'plus'} {cardinal(int(match['number']))}"


@rule("RT", r"\.? ?(?P<rt>\d{1,3})(?:(?P<rw>/ ?\d{1,3})(?!\d))?")
def neighborhood(match: re.Match[str]) -> str:
    """RT 02/05 is RT 02, RW 05."""
    words = f"{letters('RT')} {_padded(match['rt'])}"
    return f"{words} {letters('RW')} {_padded(match['rw'].strip('/ '))}" if match["rw"] else words


def _padded(text: str) -> str:
    return digits(text) if text[0] == "0" else cardinal(int(text))


@rule("Lt lt", r"\.? ?(?P<n>\d{1,3})(?!\w)")
def floor(match: re.Match[str]) -> str:
    """Lt. 3 in an address."""
    return f"lantai {cardinal(int(match['n']))}"


@rule("Km KM km", r"\.? ?(?P<n>\d{1,4}(?:[.,]\d{1,3})?)(?!\w)")
def milestone(match: re.Match[str]) -> str:
    """Tol Cipularang Km 97."""
    return f"kilometer {amount(match['n'])}"


@rule(
    "no nomor nomer",
    r"\.? ?(?P<number>\d{1,4})(?P<suffix>[A-Z])?(?:/| Tahun | tahun )(?P<year>(?:1[89]|20)\d\d)(?!\d)",
)
def number_and_year(match: re.Match[str]) -> str:
    """UU No. 6/2023: the number and the year of a law."""
    suffix = f" {letters(match['suffix'])}" if match["suffix"] else ""
    return f"nomor {cardinal(int(match['number']))}{suffix} tahun {cardinal(int(match['year']))}"


@rule(_LAWS, r" (?P<number>\d{1,3})(?:/| Tahun | tahun )(?P<year>(?:1[89]|20)\d\d)(?!\d)")
def law(match: re.Match[str]) -> str:
    """UU 6/2023, Perpres 12/2024, without No."""
    name = "undang undang" if match["start"] == "UU" else said_acronym(match["start"])
    return f"{name} nomor {cardinal(int(match['number']))} tahun {cardinal(int(match['year']))}"


@rule("no", r"\.? ?(?=\d|[IVX]{1,5}\b|[A-Z]\d)")
def number_sign(_: re.Match[str]) -> str:
    """No. 7, no 7."""
    return "nomor "


@rule(
    "ayat angka butir huruf pasal poin nomor bagian",
    r"(?P<items>(?:(?:,| dan| atau| serta| sampai| hingga|,? dan/atau| jo\.?|-)? ?\(\w{1,3}\)){1,6})",
)
def law_item(match: re.Match[str]) -> str:
    """ayat (1), ayat (2) dan (3), huruf (b): these brackets make no pause."""
    items = re.sub(r"\((\w+)\)", lambda item: f" {spell_code(item[1])} ", match["items"])
    return f"{match['start']} {items.replace('-', ' sampai ').replace('/', ' ').replace('jo.', 'juncto')}"


@rule(
    "ke",
    r" ?- ?(?:(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,6})|(?P<roman>[IVXLCDM]{1,9})(?!\w))(?!\d|[.,]\d)"
    r"(?:\+(?P<plus>\d{1,2}))?(?:-?(?P<tail>nya|an)(?!\w))?",
)
def ordinal_number(match: re.Match[str]) -> str | None:
    """ke-5, ke-XX, ke-45+2, ke-2-nya."""
    n = roman(match["roman"]) if match["roman"] else int(match["n"].replace(".", ""))
    if n is None:
        return None
    words = ordinal(n) + (match["tail"] or "")
    if match["plus"]:
        words += f" plus {cardinal(int(match['plus']))}"
    return words.capitalize() if match["start"][0].isupper() else words


@rule("(", r"(?P<age>\d{1,3})(?: ?(?:tahun|thn|th))?\)")
def age(match: re.Match[str]) -> str | None:
    """Wati (52): a number in brackets after a word is an age."""
    years = int(match["age"])
    if not 1 <= years <= 120 or not re.search(r"[^\W\d_][.,]? $", before(match, 4)):
        return None
    return f"{PAUSE} {cardinal(years)} tahun {PAUSE}"


@rule(JOINED, r"(?P<stem>[^\W\d_A-Z]?[a-z']{2,20})2(?P<tail>an|nya|annya|lah|pun|ku|mu|i|kan)?(?!\w)")
def doubled_lower(match: re.Match[str]) -> str:
    """negara2, anak2nya, berhari2: a 2 says the word again."""
    return _doubled(match["stem"], match["tail"] or "")


@rule(JOINED, r"(?P<stem>[A-Z][a-z']{2,20})2(?P<tail>an|nya|annya|lah|pun|ku|mu|i|kan)?(?!\w)")
def doubled(match: re.Match[str]) -> str:
    """Kapal2 at the start of a sentence."""
    return _doubled(match["stem"], match["tail"] or "")


#: Roots that are said again without the prefix: berhari2 is berhari-hari.
_ROOTS = """
    abad akhir angan bagai baik banyak bapak barat beda benar besar biru bondong bulan buru cepat dikit
    duyun ganti gesa gila habis hari hijau hitam ibu jalan jam juta kaca kali kanak kecil kurang laki lama
    lambat lari lembar lihat macam main mata merah minggu mula nanti olah pagi puluh putar putus rata ratus
    ribu sama sia siap tahun teriak tidak tingkat turut ulang waktu
""".split()
_PREFIXED = re.compile(rf"(?i:(?:ber|ter|se|ke|me[mn]?g?)(?P<root>{choice(_ROOTS)}))$")


def _doubled(stem: str, tail: str) -> str:
    root = found["root"] if (found := _PREFIXED.match(stem)) else stem.lower()
    return f"{stem} {root}{tail}"


@rule(JOINED, r"[A-Z]{1,4}(?:\.\d{1,3}){1,5}(?!\w)")
def dotted_code(match: re.Match[str]) -> str:
    """XBB.1.5, B.1.617."""
    return spell_code(match[0])


@rule(JOINED, r"[^\W\d_]{1,20}-?\d{1,9}(?:[A-Za-z]{1,3}\d{0,4}){0,3}(?:-\d{1,4})?(?!\w)")
def code(match: re.Match[str]) -> str:
    """G20, F-16, U-23, COVID-19, B737-800, H5N1: the letters, then the number."""
    return spell_code(match[0])


@rule(NUMBER, r"\d{1,4}(?:[A-Z]{1,4}\d{0,4}){1,3}(?!\w)")
def code_from_digit(match: re.Match[str]) -> str:
    """4G, 3T, 7A, 3D."""
    return spell_code(match[0])


@rule(NUMBER, r"\d{1,4}(?:[a-z])(?!\w)")
def number_and_letter(match: re.Match[str]) -> str:
    """7a."""
    return f"{cardinal(int(match[0][:-1]))} {LETTERS[match[0][-1]]}"


RULES = (
    telephone, telephone_with_area, telephone_abroad, number_to_dial, plate, plate_of_one_letter,
    days_before, neighborhood, floor, milestone, number_and_year, law, number_sign, law_item,
    ordinal_number, age, doubled_lower, doubled, dotted_code, code, code_from_digit, number_and_letter,
)  # fmt: skip
