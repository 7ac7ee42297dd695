"""text as typed -> plain characters; and signs that are no words -> words or pauses."""

import re
import unicodedata

from newscast.text.rule import PAUSE, before, rule

#: Characters that are other ways to type a plain one. Compatibility forms are left to NFKC.
_PLAIN = str.maketrans(
    {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "′": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-",
    "—": " - ", "―": " - ", "²": "2", "³": "3", "º": "°", "˚": "°", "№": "No. ", "•": f"{PAUSE} ",
    "¼": " 1⁄4", "½": " 1⁄2", "¾": " 3⁄4", "⅓": " 1⁄3", "⅔": " 2⁄3", "⅛": " 1⁄8", "⅜": " 3⁄8", "⅝": " 5⁄8",
    "⅞": " 7⁄8", "⅕": " 1⁄5", "⅖": " 2⁄5", "⅗": " 3⁄5", "⅘": " 4⁄5", "Ω": "ohm", "™": " ", "®": " ",
    "≠": "≠",
    }
)  # fmt: skip
#: Signs with a name. Other signs, pictures and scripts that no Indonesian newsreader reads make no sound.
NAMES = {
    "&": "dan", "+": "plus", "=": "sama dengan", "%": "persen", "‰": "permil", "±": "kurang lebih",
    "§": "pasal", "≥": "paling sedikit", "≤": "paling banyak", "≈": "kira kira", "÷": "bagi", "×": "kali",
    "@": "at", "°": "derajat", "$": "dolar", "€": "euro", "£": "pound sterling", "¥": "yen", "√": "akar",
    "π": "pi", "α": "alfa", "β": "beta", "γ": "gama", "δ": "delta", "Δ": "delta", "μ": "mikro",
    "λ": "lambda", "σ": "sigma", "Σ": "sigma", "Ω": "omega", "ω": "omega", "∞": "tak terhingga",
    "©": "hak cipta",
}  # fmt: skip
_MARKS = ".,?!;:"
_KEPT = frozenset(f"{_MARKS}()[]/-' #~<>{PAUSE}₩₹฿₫₽₱₺⁄″") | NAMES.keys()
_DROPPED = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])|[\"*\\^`{}|]+")
_STRAY_APOSTROPHE = re.compile(r"(?<![^\W\d_])'(?!\d\d)|'(?![^\W_])")


def plain(text: str) -> str:
    """One line of plain characters: quotation marks, pictures and foreign scripts are gone.

    What makes no sound goes before any rule looks at the text, so that what is left stands
    side by side for good.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN))
        text = "".join(map(_CHARACTERS.__getitem__, text))
    text = _DROPPED.sub(" ", text)
    if "'" in text:
        text = _STRAY_APOSTROPHE.sub("", text)
    return " ".join(text.split())


class _Characters(dict[str, str]):
    """What each character becomes, found out the first time it is met."""

    def __missing__(self, c: str) -> str:
        category = unicodedata.category(c)
        if c.isdigit():
            kept = str(unicodedata.digit(c))
        elif c in _KEPT or c.isascii() or (c.isalpha() and unicodedata.name(c, "").startswith("LATIN ")):
            kept = c
        elif category == "Mn" and c < "\u0370":
            kept = c  # an accent that has no letter of its own
        else:
            kept = "" if category in ("Cf", "Mn", "Me") else " "
        self[c] = kept
        return kept


_CHARACTERS = _Characters()


@rule("( ) [ ]", "")
def bracket(_: re.Match[str]) -> str:
    """Mahkamah Agung (MA): what stands in brackets is said between pauses."""
    return PAUSE


@rule("-", r"(?P<more>-*)(?P<space> ?)(?P<digit>(?=\d))?")
def hyphen(match: re.Match[str]) -> str:
    """minus before a number; a pause when spaces stand on both sides; else nothing: orang-orang."""
    previous = before(match, 1)
    if match["digit"] is not None and not match["space"] and not match["more"] and previous in ("", " ", "("):
        return "minus"
    if match["more"] or (previous in ("", " ") and match["space"]):
        return PAUSE
    return ""


@rule("/ ⁄", "")
def slash(_: re.Match[str]) -> str:
    """dan/atau, SMA/SMK: said without it."""
    return ""


@rule("~", r" ?(?=\d)")
def tilde(_: re.Match[str]) -> str:
    """~5."""
    return "sekitar "


@rule("<", r" ?(?=\d)")
def less(_: re.Match[str]) -> str:
    """<5."""
    return "kurang dari "


@rule(">", r" ?(?=\d)")
def more(_: re.Match[str]) -> str:
    """>5."""
    return "lebih dari "


@rule(" ".join(NAMES), "")
def named_sign(match: re.Match[str]) -> str:
    """A & B."""
    return NAMES[match[0]]


RULES = (bracket, hyphen, slash, tilde, less, more, named_sign)
