"""text as typed -> plain characters; and signs that are no words -> words or pauses."""

import re
import unicodedata

from newscast.text.letters import LETTERS
from newscast.text.normalization.numbers import DIGITS
from newscast.text.normalization.rule import CLOSE, OPEN, PAUSE, before, rule
from newscast.text.normalization.units import PER

#: Characters that are other ways to type a plain one. Compatibility forms are left to NFKC.
_PLAIN = {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "—": " - ",
    "―": " - ", "²": "2", "³": "3", "º": "°", "˚": "°", "№": "No. ", "•": f"{PAUSE} ", "¼": " 1⁄4",
    "½": " 1⁄2", "¾": " 3⁄4", "⅓": " 1⁄3", "⅔": " 2⁄3", "⅛": " 1⁄8", "⅜": " 3⁄8", "⅝": " 5⁄8", "⅞": " 7⁄8",
    "″": "″", "⅕": " 1⁄5", "⅖": " 2⁄5", "⅗": " 3⁄5", "⅘": " 4⁄5", "Ω": "ohm", "™": " ", "®": " ",
}  # fmt: skip
#: Signs with a name. Other signs, pictures and scripts that no Indonesian newsreader reads make no sound.
NAMES = {
    "&": "dan", "+": "plus", "=": "sama dengan", "%": "persen", "‰": "permil", "±": "kurang lebih",
    "§": "pasal", "≥": "paling sedikit", "≤": "paling banyak", "≈": "kira kira", "÷": "bagi", "×": "kali",
    "@": "at", "°": "derajat", "$": "dolar", "€": "euro", "£": "pound sterling", "¥": "yen", "√": "akar",
    "π": "pi", "α": "alfa", "β": "beta", "γ": "gama", "δ": "delta", "Δ": "delta", "μ": "mikro",
    "λ": "lambda", "σ": "sigma", "Σ": "sigma", "Ω": "omega", "ω": "omega", "∞": "tak terhingga",
    "©": "hak cipta",
}  # fmt: skip
_ALONE = LETTERS | dict(zip("0123456789", DIGITS, strict=True))
_MARKS = ".,?!;:"
_KEPT = frozenset(f"{_MARKS}()[]/-' #~<>{PAUSE}₩₹฿₫₽₱₺⁄″′") | NAMES.keys()
_DROPPED = re.compile(r"[\"*\\^`{}|]+|[=+~]{3,}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_STRAY_UNDERSCORE = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_STRAY_APOSTROPHE = re.compile(r"(?<![^\W\d_])'(?!\d\d)|'(?![^\W_])")


#: UTF-8 that somebody read as Windows-1252: 21Â°C, â€œbegituâ€.
_MOJIBAKE = re.compile("[Â-ô][\x80-¿]|[Ââ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_SUPERSCRIPT = re.compile(r"(?P<before>[^\W_]{0,4})(?P<raised>[⁰¹²³⁴-⁹]{1,3})(?![^\W\d])")
_SQUARED = frozenset("m cm km mm dm µm μm in ft inch".split())
#: 1'31"204 and 1'31.204, a lap time: as 1:31.204.
_LAP = re.compile(r"(?<![\w.])(\d{1,2})['′](\d\d)[\"″.,](\d{1,3})(?!\d)")
#: The sign behind a minute of play: 63'. An apostrophe before a letter is none.
_MINUTE = re.compile(r"(?<=\d)'(?![^\W_])")
#: sebesarRp5 juta.
_GLUED_MONEY = re.compile(r"(?<=[a-z])(?=Rp\.? ?\d)")
_QUOTED = re.compile(r"(?<![\w])'(?=[^\W\d])")


def _lowered(match: re.Match[str]) -> str:
    """m² is m2, n² is a square, teman² is doubled; elsewhere a raised number is that of a footnote."""
    word, raised = match["before"], unicodedata.normalize("NFKC", match["raised"])
    doubled = len(word) > 2 and word.isalpha() and raised == "2"
    if doubled or (word in _SQUARED and raised in ("2", "3")):
        return word + raised
    if raised[0] == "1" or not (word.isdigit() or len(word) in (1, 2)):
        return word
    return f"{word} {'kuadrat' if raised == '2' else f'pangkat {raised}'} "


def plain(text: str) -> str:
    """One line of plain characters: quotation marks, pictures and foreign scripts are gone.

    What makes no sound goes before any rule looks at the text, so that what is left stands
    side by side for good.
    """
    if not text.isascii():
        if _MOJIBAKE.search(text):
            text = _mended(text)
        text = unicodedata.normalize("NFC", text)
        text = _SUPERSCRIPT.sub(_lowered, text)
        text = _NOT_ASCII.sub(lambda match: _CHARACTERS[match[0]], text)
    if "°" in text:
        text = re.sub(r"(?<=\d)'", "′", text)
        text = re.sub(r'(?<=\d)"', "″", text)
    if "'" in text or "′" in text:
        text = _LAP.sub(r"\1:\2.\3 ", text)
        if not _QUOTED.search(text):
            text = _MINUTE.sub("′", text)
    text = _DROPPED.sub(" ", text).replace("US $", "US$")
    if "Rp" in text:
        text = _GLUED_MONEY.sub(" ", text)
    if "_" in text:
        text = _STRAY_UNDERSCORE.sub(" ", text)
    if "'" in text:
        text = _STRAY_APOSTROPHE.sub("", text)
    return " ".join(text.split())


def _mended(text: str) -> str:
    from ftfy import fix_encoding  # seldom needed, and slow to import

    return fix_encoding(text)


def noise(text: str) -> str:
    """What can be said of something endless without a space: its words, letters and digits."""
    parts = re.findall(r"[^\W\d_]+|\d", text.lower())
    return " ".join(_ALONE.get(part) or part.capitalize() for part in parts)


class _Characters(dict[str, str]):
    """What each character becomes, found out the first time it is met."""

    def __missing__(self, c: str) -> str:
        self[c] = _PLAIN.get(c) or "".join(map(_kept, unicodedata.normalize("NFKC", c)))
        return self[c]


def _kept(c: str) -> str:
    if c.isdigit():
        return str(unicodedata.digit(c))
    if c in _KEPT or c.isascii() or (c.isalpha() and unicodedata.name(c, "").startswith("LATIN ")):
        return c
    category = unicodedata.category(c)
    if category == "Mn" and c < "\u0370":
        return c  # an accent that has no letter of its own
    return "" if category in ("Cf", "Mn", "Me") else " "


_CHARACTERS = _Characters()


@rule("[", r"\d{1,3}(?:[,-] ?\d{1,3}){0,3}\]")
def footnote(_: re.Match[str]) -> str:
    """`[1]`, `[2,3]`: marks of notes that a listener cannot look up."""
    return ""


@rule("( ) [ ]", "")
def bracket(match: re.Match[str]) -> str:
    """`Mahkamah Agung (MA)`: what stands in brackets is said between pauses."""
    return OPEN if match[0] in "([" else CLOSE


@rule("red", r"(?P<dot>\.)?(?P<colon>:)?(?P<close>(?=\)))?(?!\w)")
def editor(match: re.Match[str]) -> str | None:
    """`(tersangka, red)`, `(red: tersangka)`: that the editor put it in is not said; not `red carpet`."""
    if match["close"] is not None or (match["colon"] and before(match, 1) == "("):
        return ""
    return "redaksi" if match["dot"] else None


#: A hyphen between one of these and a number is a range.
_MEASURED = re.compile(
    r"\d ?[a-z]+$|\b(?:RT|RW|Km|KM|km|M|[Mm]agnitudo) ?[\d.,]+$|\b(?:WIB|WITA|WIT|pagi|siang|sore|malam)$"
)


@rule("-", r"(?P<more>-*)(?P<space> ?)(?P<digit>(?=\d)|(?=(?:Rp|US\$|\$|M) ?\d))?")
def hyphen(match: re.Match[str]) -> str:
    """minus in `-5`, sampai in `5 persen-7 persen`, a pause in `A - B`; else nothing."""
    previous = before(match, 1)
    if match["digit"] is not None and not match["space"] and not match["more"] and previous in ("", " ", "("):
        return "minus"
    if match["digit"] is not None and _MEASURED.search(before(match, 24)):
        return "sampai"
    if match["more"] or (previous in ("", " ") and match["space"]):
        return PAUSE
    return ""


@rule("/ ⁄", r"(?P<unit>(?:bulan|ha|hari|jam|kg|liter|orang|tahun)(?!\w))?")
def slash(match: re.Match[str]) -> str:
    """`dan/atau`, `SMA/SMK`: said without it; but `per orang/hari`, `5 ton GKP/ha`."""
    if match["unit"]:
        counted = re.search(r"\bper [a-z]+$|\d(?: [\w /]{1,20})?$", before(match, 24))
        return f"{'per ' if counted else ''}{PER[match['unit']]}"
    return "per" if re.search(r"\bper [a-z]+$", before(match, 24)) else ""


@rule("~", r" ?(?=\d)")
def tilde(_: re.Match[str]) -> str:
    """`~5`."""
    return "sekitar "


@rule("<", r" ?(?=\d)")
def less(_: re.Match[str]) -> str:
    """`<5`."""
    return "kurang dari "


@rule(">", r" ?(?=\d)")
def more(_: re.Match[str]) -> str:
    """`>5`."""
    return "lebih dari "


@rule(" ".join(NAMES), "")
def named_sign(match: re.Match[str]) -> str:
    """`A & B`."""
    return NAMES[match[0]]


RULES = (footnote, bracket, editor, hyphen, slash, tilde, less, more, named_sign)
