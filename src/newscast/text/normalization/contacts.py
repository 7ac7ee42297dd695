"""web addresses, e-mail, handles, hashtags and telephone numbers as written -> as said."""

import re

from newscast.text.normalization.acronyms import said_acronym, said_lower
from newscast.text.normalization.numbers import cardinal, digits
from newscast.text.normalization.rule import FIGURE, JOINED, NUMBER, PAUSE, rule, word_before

_TOP = (
    "com|co\\.id|go\\.id|ac\\.id|or\\.id|sch\\.id|web\\.id|my\\.id|net\\.id|desa\\.id|mil\\.id|id|net|org|info|tv|io|co|"
    "gov|edu|me|ai|news|app|dev|biz|asia|int|us|uk|sg|my|jp|au|cn|eu|de|xyz|ly|be"
)
_HOST = rf"(?:[\w-]{{1,40}}\.){{1,5}}?(?:{_TOP}|COM|CO|CO\.ID|ID|NET)"
_PATH = r"(?:/[\w./%?=&#+~:-]{0,200}[\w/])?/?"
#: Sections of an address that are said in their own way.
_SAID = {
    "www": "wé wé wé", "com": "kom", "co": "ko", "id": "i dé", "ac": "a cé", "tv": "té vé", "https": "",
    "http": "", ".": "titik", "@": "at", "/": "garis miring", "-": "strip", "_": "garis bawah", "&": "dan",
    "=": "sama dengan", "?": "tanda tanya", "+": "plus", "#": "tagar", "%": "persen",
}  # fmt: skip


def spell_address(text: str) -> str:
    """www.bps.go.id -> wé wé wé titik bé pé és titik go titik i dé."""
    words = []
    for part in re.findall(r"[^\W\d_]+|\d+|[^\w:~]|_", text):
        if part in _SAID or part.lower() in _SAID:
            words.append(_SAID[part.lower()])
        elif part.isdigit():
            words.append(digits(part) if part[0] == "0" or len(part) > 4 else cardinal(int(part)))
        else:
            words.extend(said_lower(word) for word in split_humps(part))
    return " ".join(filter(None, words))


def split_humps(text: str) -> list[str]:
    """IndonesiaMaju2024 -> Indonesia, Maju, 2024; KPKHebat -> KPK, Hebat."""
    return re.findall(r"[A-Z]{2,12}(?=[A-Z][a-z])|[^\W\d_]*?[a-zà-ÿ](?=[A-Z])|\d+|[^\W\d_]+", text)


@rule(JOINED, r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,4}")
def email(match: re.Match[str]) -> str:
    """redaksi@contoh.co.id."""
    return spell_address(match[0])


@rule(JOINED, rf"(?:https?://)?{_HOST}(?![\w@-]|\.\w){_PATH}")
def address(match: re.Match[str]) -> str:
    """www.contoh.go.id, contoh.com/berita."""
    return spell_address(re.sub("^https?://", "", match[0]))


@rule(FIGURE, rf"\d{{1,9}}[\w-]{{0,40}}\.(?:{_TOP})(?![\w@-]|\.\w){_PATH}")
def address_from_digit(match: re.Match[str]) -> str:
    """123contoh.com."""
    return spell_address(match[0])


@rule("@", r"(?P<name>[\w.]{1,40}\w)")
def handle(match: re.Match[str]) -> str:
    """@akun_resmi."""
    return f"at {spell_address(match['name'])}"


@rule("#", r"(?P<name>\w{1,80})")
def hashtag(match: re.Match[str]) -> str:
    """#IndonesiaMaju, #1."""
    if match["name"].isdigit():
        return f"nomor {cardinal(int(match['name']))}"
    words = " ".join(said_acronym(word) for part in match["name"].split("_") for word in split_humps(part))
    return words if word_before(match).lower() in ("tagar", "hashtag", "pagar") else f"tagar {words}"


def spell_groups(text: str) -> str:
    """0812-3456-7890 -> digits, with a breath between the groups."""
    return f"{PAUSE} ".join(filter(None, map(digits, re.split(r"\D+", text))))


@rule(
    NUMBER,
    r"(?:62[ .-]?8\d{1,2}(?:[ .-]?\d{3,4}){2,3}|0?8\d{2,3}(?:[ .-]\d{3,4}){2,3}|08\d{8,11}"
    r"|0\d{2,3}[-/ ]\d{3,4}(?:[ -]?\d{3,4})?|62[ -]\d{2,3}[ -]\d{3,4}[ -]?\d{3,4}|0800[- ]\d-?\d{2,3}-?\d{3}"
    r"|0\d{2,3}(?:-\d{1,4}){2,4}|1-?500[- ]?\d{3})(?!\d|[.,-]\d)",
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
    "ambulans center centre darurat dihubungi hotline hp hubungi kode kontak nik nim nip nisn npwp otp "
    "panggilan pin pos rekening sms telepon telp tlp wa whatsapp",
    r"[.:]?(?: (?:ke|di|nomor|no\.|pos|rekening))?[ :] ?(?!(?:19|20)\d\d(?!\d))"
    r"(?P<digits>\d{3,20}(?:-\d{2,10}){0,4})"
    r"(?:(?P<and> dan | atau )(?P<more>\d{3,5}))?(?!\w|[.,-]\d| \d{3})",
)
def number_to_dial(match: re.Match[str]) -> str | None:
    """hotline 110, kode pos 40132, NIK 3201...: a number one dials or types, not a quantity."""
    head = match[0][: match.start("digits") - match.start()]
    head = re.sub(r"[.:]", " ", head)
    words = ["telepon" if word.lower() in ("telp", "tlp") else said_acronym(word) for word in head.split()]
    more = f"{match['and']}{digits(match['more'])}" if match["more"] else ""
    return f"{' '.join(words)} {spell_groups(match['digits'])}{more}"


@rule("telp tlp tel", r"\.?(?!\w)")
def telephone_word(_: re.Match[str]) -> str:
    """telp., tlp."""
    return "telepon"


RULES = (
    email, address, address_from_digit, handle, hashtag, telephone, telephone_with_area, telephone_abroad,
    number_to_dial, telephone_word,
)  # fmt: skip
