"""web addresses, e-mail, handles, hashtags and telephone numbers as written -> as said."""

import re

from newscast.text.normalization.acronyms import said_acronym, said_lower
from newscast.text.normalization.numbers import cardinal, digits
from newscast.text.normalization.rule import FIGURE, JOINED, rule, word_before

_TOP = (
    "com|co\\.id|go\\.id|ac\\.id|or\\.id|sch\\.id|web\\.id|my\\.id|net\\.id|desa\\.id|mil\\.id|id|net|org|info|tv|io|co|"
    "gov|edu|me|ai|news|app|dev|biz|asia|int|us|uk|sg|my|jp|au|cn|eu|de|xyz|ly|be"
)
_HOST = rf"(?:[\w-]{{1,40}}\.){{1,5}}?(?:{_TOP}|COM|CO|CO\.ID|ID|NET)"
_PATH = r"(?:/[\w./%?=&#+~:-]{0,200}[\w/])?/?"
#: Sections of an address that are said in their own way.
_SAID = {
    "www": "wé wé wé", "com": "kom", "co": "ko", "id": "i dé", "ac": "a cé", "tv": "té vé", "org": "o ér gé",
    "https": "", "http": "", ".": "titik", "@": "at", "/": "garis miring", "-": "strip",
    "_": "garis bawah", "&": "dan", "=": "sama dengan", "?": "tanda tanya", "+": "plus",
    "#": "tagar", "%": "persen",
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


@rule((JOINED,), r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,4}")
def email(match: re.Match[str]) -> str:
    """`redaksi@contoh.co.id`."""
    return spell_address(match[0])


@rule((JOINED,), rf"(?:https?://)?{_HOST}(?![\w@-]|\.\w){_PATH}")
def address(match: re.Match[str]) -> str:
    """`www.contoh.go.id`, `contoh.com/berita`."""
    return spell_address(re.sub("^https?://", "", match[0]))


@rule((FIGURE,), rf"\d{{1,9}}[\w-]{{0,40}}\.(?:{_TOP})(?![\w@-]|\.\w){_PATH}")
def address_from_digit(match: re.Match[str]) -> str:
    """`123contoh.com`."""
    return spell_address(match[0])


@rule("@", r"(?=Rp\.? ?\d|\d[\d.,]*(?!\w))")
def each(_: re.Match[str]) -> str:
    """`@Rp28.000`, not `@akun`: of prices it says each."""
    return "masing masing "


@rule("@", r"(?P<name>[\w.]{1,40}\w)")
def handle(match: re.Match[str]) -> str:
    """`@akun_resmi`."""
    return f"at {spell_address(match['name'])}"


@rule("#", r"(?P<name>\w{1,80})")
def hashtag(match: re.Match[str]) -> str:
    """`#IndonesiaMaju`, `#1`."""
    if match["name"].isdigit():
        return f"nomor {cardinal(int(match['name']))}"
    words = " ".join(said_acronym(word) for part in match["name"].split("_") for word in split_humps(part))
    return words if word_before(match).lower() in ("tagar", "hashtag", "pagar") else f"tagar {words}"


RULES = (email, address, address_from_digit, each, handle, hashtag)
