"""results and formations of sport as written -> as said."""

import re

from newscast.calendar import MONTHS
from newscast.text.normalization.numbers import cardinal, ordinal
from newscast.text.normalization.rule import (
    CLOSE,
    FIGURE,
    NUMBER,
    NUMBERED,
    OPEN,
    PAUSE,
    before,
    rule,
    word_before,
)

#: Words that make a pair of numbers a score.
_SPORT = frozenset(
    """
    agregat babak berakhir bermain comeback dibantai dibungkam dihajar dikalahkan dilumat ditahan ditekuk
    final formasi game gim gol head imbang kalah kedudukan kekalahan kemenangan keunggulan laga leg melawan
    melumat membantai membungkam memimpin menahan menaklukkan menang mencukur menekuk mengalahkan menggilas
    menggulung menghajar menumbangkan menundukkan penalti pertandingan pertemuan pola rekor seri set skor
    straight takluk takluknya tertinggal tos tumbang tunduk unggul versus vs
    """.split()
)
#: Nouns that make a rising pair a range even on a sports page.
_COUNTED = re.compile(
    r" (?:tahun|menit|jam|hari|minggu|pekan|bulan|orang|persen|kali|detik|meter|kilometer|pemain|tim|klub|"
    rf"{'|'.join(MONTHS)})\b"
)


_MINUTES = re.compile(r"(\d{1,3})(?:\+(\d{1,2}))?")
_HOW = {
    "p": "penalti",
    "pen": "penalti",
    "penalti": "penalti",
    "og": "gol bunuh diri",
    "gbd": "gol bunuh diri",
}


@rule("(", r"(?P<inside>(?=[^()]{1,60}′)(?:menit |[Oo][Gg] |pen )?\d{1,3}[\d+′,/;. \-&A-Za-z]{0,60})\)")
def goals(match: re.Match[str]) -> str | None:
    """`(63')`, `(45+1', 80')`, `(12' pen)`: minutes of play behind the name of who scored."""
    inside = match["inside"]
    words = re.findall(r"[a-z]+", inside.lower())
    if not {*words} <= {"menit", "dan", "ke", *_HOW}:
        return None
    minutes = [_minute(n, plus) for n, plus in _MINUTES.findall(inside)]
    said = " dan ".join(filter(None, (f"{PAUSE} ".join(minutes[:-1]), minutes[-1])))
    how = next((f" {_HOW[word]}" for word in words if word in _HOW), "")
    return f"{OPEN}menit {said}{how}{CLOSE}"


@rule((FIGURE,), r"(?P<n>\d{1,3})(?:\+(?P<plus>\d{1,2}))?′(?!\d)")
def minute_of_play(match: re.Match[str]) -> str | None:
    """`gol Beckham 63'`, `menit 90+2'`; not `nomor 2'`, a quotation."""
    word = word_before(match)
    listed = before(match, 3).rstrip(" ,/").endswith("′")
    if (
        not listed
        and not (word[:1].isupper() and word not in ("No", "Nomor"))
        and word.lower() not in ("menit", "ke")
    ):
        return None
    if word.lower() in ("menit", "ke"):
        return cardinal(int(match["n"])) + (f" plus {cardinal(int(match['plus']))}" if match["plus"] else "")
    return f"menit {_minute(match['n'], match['plus'])}"


def _minute(n: str, plus: str | None) -> str:
    return ordinal(int(n)) + (f" plus {cardinal(int(plus))}" if plus else "")


@rule((NUMBER,), r"(?P<sets>\d{1,3}-\d{1,3}(?:/\d{1,3}-\d{1,3}){1,4})(?![\w/-])")
def sets(match: re.Match[str]) -> str:
    """`21-15/17-21/21-19`: the sets of one match."""
    return f"{PAUSE} ".join(
        " ".join(cardinal(int(n)) for n in pair.split("-")) for pair in match["sets"].split("/")
    )


@rule((FIGURE,), r"(?P<parts>\d{1,2}(?:-\d{1,2}){2,4})(?![\w/]|[-.,]\d)")
def formation(match: re.Match[str]) -> str:
    """`4-3-3`: three numbers and more are no range."""
    return " ".join(cardinal(int(part)) for part in match["parts"].split("-"))


@rule((NUMBER,), r"(?P<a>\d{1,3}) ?[-:] ?(?P<b>\d{1,3})(?!\w|[-.,:/]\d)")
def score(match: re.Match[str]) -> str | None:
    """`menang 2-1`, `21-18`: falling or level numbers, or any pair beside words of sport."""
    a, b = int(match["a"]), int(match["b"])
    around = match.string[max(0, match.start() - 100) : match.end() + 60]
    colon = ":" in match[0]
    sport = not _SPORT.isdisjoint(re.findall("[a-z]+", around.lower()))
    if not sport and (colon or (a < b and not _between_teams(match))):
        return None
    if a < b and _COUNTED.match(match.string, match.end()):
        return None
    return f"{cardinal(a)} {cardinal(b)}"


def _between_teams(match: re.Match[str]) -> bool:
    """Persebaya 1-3 Bali United; not Pasal 1-5 Undang-Undang."""
    team = word_before(match)
    follows = re.match(r" [A-Z][a-z]", match.string[match.end() : match.end() + 3])
    return bool(follows) and team[:1].isupper() and team.lower() not in NUMBERED and before(match, 1) == " "


RULES = (goals, minute_of_play, sets, formation, score)
