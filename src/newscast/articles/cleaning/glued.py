"""A line with related links glued between its sentences -> the line without them, and what they were.

"... selesai. Baca juga: Warga Sembilang Memperbaiki Jalan Ia menambahkan bahwa ..." has no mark where the
headline ends. What tells is how words are written: a headline has capitals on all but its small words, a
sentence has one capital, names and then small letters; some words open sentences and hardly any headline.
"""

import re
from functools import cache
from importlib.resources import files

from newscast.articles.blocks import Dropped
from newscast.articles.cleaning.shape import SMALL_WORDS, is_plain

#: What announces a related link inside a line: anywhere with a capital and a colon; behind the end of a
#: sentence, a bracket or nothing also in other words or without the colon when a headline follows. "Baca juga
#: koran, kata dia" and "ia membaca juga" are left alone.
LABEL = re.compile(
    r"(?-i:(?<![(\[])\b(?:(?:Baca|Simak|Lihat|Tonton) ?(?:[Jj]uga|[Pp]ula)|(?:BACA|SIMAK|LIHAT|TONTON) JUGA|"
    r"Pilihan [Ee]ditor|PILIHAN EDITOR)(?: [A-Z]?[a-z]+)?)\s?:\s*|"
    r"(?:(?<=[.?!\"”’)\]…])|(?<=[.?!\"”’)\]…] )|^)\s*(?:[>»*•]\s*)?"
    r"(?:(?:baca|simak|lihat|tonton|cek|klik|saksikan|intip)(?:\s+(?:juga|pula|ini|di ?sini|berita|artikel))?"
    r"(?:\s+(?:juga|lainnya|lain|selengkapnya|deh|ya|yuk))*"
    r"|artikel (?:terkait|lain(?:nya)?|menarik)|berita (?:terkait|lain(?:nya)?)|pilihan (?:editor|redaksi)"
    r"|(?:also )?read(?: also| more)?)\s*:\s*|"
    r"(?:(?<=[.?!\"”’)\]…])|(?<=[.?!\"”’)\]…] ))\s*"
    r"(?-i:(?:Baca|BACA|Simak|Lihat|Tonton) (?:[Jj]uga|JUGA)|Pilihan Editor)\s+"
    r"(?=(?-i:[A-Z\"“'‘\d]))(?=(?-i:(?:Video\b|\S+ (?:\S+ )?[A-Z\d]))|[\"“'‘])",
    re.IGNORECASE,
)
#: No line has a label without one of these.
_MAY_LABEL = re.compile(
    r"baca|simak|lihat|tonton|saksikan|intip|cek|klik|artikel|berita|pilihan|read", re.IGNORECASE
)
_WORD = re.compile(r"\S+")
#: What a number before it counts, so that no sentence begins here: "Rp 25 Triliun", "11 Juli".
_AFTER_NUMBER = re.compile(
    r"(?:Ribu|Juta|Miliar|Triliun|Persen|Orang|Kali|Tahun|Bulan|Hari|Jam|Menit|Meter|Km|Kg|Ton|Unit|WIB|"
    r"Jan|Feb|Mar|Apr|Mei|Jun|Jul|Ag|Sep|Okt|Nov|Des)[a-z]*"
)
#: The number of an entry, of a list whose lines were glued together: "... Ginjal 4. Masalah pencernaan".
_NUMBERED = re.compile(r"\d{1,2}\.$")
#: The longest headline, in words and in characters.
_MOST_WORDS, _MOST_CHARACTERS = 30, 300
#: Where one word ends and the next begins without a space ("Sudah SiapSetelah", "Apa Itu?Menurut").
_SEAM = re.compile(
    r"(?<=[a-z]{3})(?=[A-Z][a-z]+ )|(?<=[a-z][?!…])(?=[A-Z][a-z])|(?<=[A-Z]{3})(?=[A-Z][a-z]{3,} )"
)
#: Names that are written with a capital inside are no seam.
_ONE_NAME = re.compile(r"(?:Mc|Mac|De|Di|La|Le|You|Tik|Face|Linked|Whats|Play|Git|Pay|Go|Block|Deep|Open)$")
#: Words below this stand in names and offices ("Presiden", "Kementerian"): a sentence writes them large too.
_PART_OF_NAMES = -2.5
#: Verbs and nouns made with a prefix; names that begin so are shorter (Dimas, Berlian, Teresa).
_DERIVED = re.compile(r"(?:Di|Me|Ber|Ter|Pe|Ke|Se)[a-z]{6,}")
#: Who speaks in news: an office before a name opens a sentence; its own words are large ("Ketua Komisi II").
_OFFICES = frozenset(
    "Anggota Bupati Camat Deputi Direktur Dirjen Dirut Dokter Dubes Gubernur Hakim Jaksa Juru Kabid Kabag "
    "Kadis Kanit Kapolda Kapolres Kapolri Kapolsek Kasat Kasi Kepala Ketua Komandan Komisaris Koordinator "
    "Lurah Manajer Mantan Menko Menlu Menteri Mensos Pakar Pelatih Pendiri Pengacara Pengamat Peneliti Pj "
    "Plt Presiden Rektor Sekda Sekjen Sekretaris Wagub Wakil Wali Walikota General Manager Vice CEO "
    "PT CV AKP AKBP Kombes Kompol Irjen Brigjen Komjen Iptu Ipda Aiptu Prof Dr KH".split()
)
#: A worse fit than this is none.
_LEAST = -9.0
_STOP = re.compile(r"[a-z)\d\"”][.!?][\"”]?\s+(?=[A-Z\"“])")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’)\]]*$")


def without_links(text: str) -> tuple[str, list[Dropped]]:
    """`text` without its glued links, and these in order."""
    kept: list[str] = []
    dropped: list[Dropped] = []
    place = 0
    if not _MAY_LABEL.search(text):
        return text, []
    labels = [label for label in LABEL.finditer(text) if label.end() < len(text) or label.start() > 0]
    if not labels:
        return text, []
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        kept.append(text[place : label.start()])
        place = label.end() + headline_end(text[label.end() : end])
        dropped.append(Dropped(text[label.start() : place].strip(), "related link"))
    kept.append(text[place:])
    return " ".join(piece.strip() for piece in kept if piece.strip()), dropped


def headline_end(text: str) -> int:
    """How many characters of `text` are a headline; the rest goes on with the article.

    All of them when no sentence seems to follow.
    """
    if seam := _seam_in(text[:_MOST_CHARACTERS]):
        return seam
    words = list(_WORD.finditer(text[:_MOST_CHARACTERS]))[: _MOST_WORDS + 8]
    if len(text) < _MOST_CHARACTERS and not _ENDS_SENTENCE.search(text):
        return len(text)
    if text.rstrip()[-1:] in "?!…" and not any(map(is_plain, text.split())):
        return len(text)
    starts = [
        n
        for n in range(2, len(words) - 2)
        if _may_start(words[n][0], words[n - 1][0]) or words[n - 1][0][-1] in "?!…"
    ]
    if not starts:
        return _first_stop(text)
    spelled = [word[0] for word in words]
    likely = _in_capitals(spelled)
    best = max(starts, key=lambda n: _fit(spelled, n, capitals=likely))
    enough = _fit(spelled, best, capitals=likely) > _LEAST
    return words[best].start() if enough else _first_stop(text)


def _first_stop(text: str) -> int:
    """Where the first sentence of `text` ends, when others follow: no more is taken for a headline."""
    stop = _STOP.search(text, 20)
    return stop.end() if stop else len(text)


def _seam_in(text: str) -> int:
    """Where a whole headline runs into the next word ("... Sudah SiapSetelah itu"); 0 when it does not."""
    for seam in _SEAM.finditer(text):
        before = text[: seam.start()].split()
        if len(before) >= 4 and not any(map(is_plain, before[1:])) and not _inside_name(text, seam):
            return seam.start()
    return 0


def _inside_name(text: str, seam: re.Match[str]) -> bool:
    """Whether a capital inside a word is part of a name, such as YouTube or detikSport."""
    before = re.search(r"[A-Za-z]+$", text[: seam.start()])
    return before is None or bool(_ONE_NAME.match(before[0])) or before[0][0].islower()


def _may_start(word: str, last: str) -> bool:
    if last[-1].isdigit() and _AFTER_NUMBER.match(word):
        return False
    if _NUMBERED.match(word):
        return True
    return word.lstrip("\"“'‘(")[:1].isupper()


def _in_capitals(words: list[str]) -> bool:
    """Whether the headline is written in capitals ("Warga Desa Menanam"), not as a sentence."""
    told = [w for w in words[1:7] if w[:1].isalpha() and w.lower().strip(",:?!") not in SMALL_WORDS]
    return sum(w[0].isupper() for w in told) > 0.65 * len(told)


def _fit(words: list[str], n: int, *, capitals: bool) -> float:
    """How well a headline ends before word `n` and a sentence begins there; above 0 is likely.

    Weights in bits, roughly: what was counted of a hundred texts and then rounded.
    """
    last, first = words[n - 1], words[n]
    known = opener(first)
    if known is None and _DERIVED.match(first):
        known = 0.0  # a word like others, though it was not counted
    score = (known or 0.0) + _ends(last) - 1.2 * ((n - 9) / 3.5) ** 2 / (1 + abs(n - 9) / 12)
    if last[-1] in "?!…" or last.endswith("...") or _NUMBERED.match(first):
        score += 4.0
    if last[-1] in ",:;-–(" or last.lower() in SMALL_WORDS or last.rstrip(".") in _OFFICES:
        score -= 6.0
    after = words[n + 1 : n + 12]
    names = next(
        (k for k, w in enumerate(after) if w[:1].islower() and w.lower() not in SMALL_WORDS), len(after)
    )
    if first[-1] == "," and (known or 0.0) > 0:
        score += 2.0
    if names == 0 and known is not None and known < -1.0:
        score += -1.0 - known  # counted in names ("Jalan Thamrin"), but here no name follows
    if first[0] in '"“' and last[-1].isalnum():
        score += 2.5
    if not capitals:  # in a headline written as a sentence any name has a capital
        score -= 3.0 if known is None else 0.0
        return score + (2.0 if names == 0 else 0.0) - (1.0 if last[:1].isupper() else 0.0)
    score -= 3.0 * sum(map(is_plain, words[1:n]))
    if known is None:  # a name: mostly of two words, and not cut in half
        score += (1.0, 2.0, 0.5)[names] if names < 3 else -0.7 * names
        score -= 2.0 * sum(map(_is_common, after[:names]))
        return score - (1.5 if opener(last) is None and last.isalpha() else 0.0)
    if _DERIVED.match(first) and after and after[0][:1].isupper():
        score -= 2.0
    score += 2.5 if names == 0 else 1.0 if after and after[0][:1].islower() else 0.0
    if first in _OFFICES:
        return score + (1.0 if names else 0.0)
    return score - 0.5 * min(names, 6) - 2.0 * sum(map(_is_common, after[:names]))


def _is_common(word: str) -> bool:
    """Whether a word with a capital is one that sentences write small: no name, no office."""
    return word[:1].isupper() and (bool(_DERIVED.match(word)) or (opener(word) or -9.0) > _PART_OF_NAMES)


def opener(word: str) -> float | None:
    """How much oftener a word with a capital opens a sentence than it stands elsewhere, in bits.

    None for a word that is not known, which mostly is a name.
    """
    if word in _OFFICES:
        return 1.5
    weight = _counted().get(word.strip("\"“'‘(,.:"))
    if weight is None:
        return 4.0 if word.endswith("nya,") else None  # "Pasalnya, ...", "Akibatnya, ..."
    return weight[0]


def _ends(word: str) -> float:
    """How much oftener a word ends a headline than others do, in bits."""
    return _counted().get(word, (0.0, 0.0))[1]


@cache
def _counted() -> dict[str, tuple[float, float]]:
    """The table of openers.tsv."""
    rows = files("newscast.articles.cleaning").joinpath("openers.tsv").read_text("utf-8").splitlines()
    told = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {word: (float(opens), float(ends)) for word, opens, ends in told}
