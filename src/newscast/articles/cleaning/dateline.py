"""A first paragraph -> the same without its dateline ("JAKARTA, KOMPAS.com -", "Jakarta (ANTARA) -")."""

import re

from newscast.articles.cleaning.glued import opener

#: Where a dateline may end. A colon or full stop ends one only when it is sure to be one.
_END = re.compile(r"\s*(?:\.?[-–—―]{1,3}|[:.](?=\s))\s*")
_TOKEN = re.compile(r"[\w.'’@/&()-]+[,.]?|[|,/*]")
_DOMAIN = re.compile(
    r"\b[\w-]{2,30}(?:\.[\w-]{2,20})?\.(?:com|co\.id|id|co|net|org|tv|news|info|asia)\b|\b\w{3,20}(?:COM|"
    r"NEWS|news|Tv|TV)\b|\b[\w-]{3,30}\.[a-z]{2,8}(?=,|$)",
    re.I,
)
_AGENCY = re.compile(
    r"\((?:[A-Z][\w.]{1,14}(?: [A-Z][\w./]{1,14}){0,2}|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)\)|\b(?:ANTARA|"
    r"CNN Indonesia|CNBC Indonesia|BBC|Kompas|Tempo|TEMPO|IDN Times|NU Online|VOA|VIVA|"
    r"Tribun|KBRN|RMOL|Okezone|SINDOnews|detik\w+|RRI|MINA|Gatra|Beritasatu|Kontan|INFO NASIONAL|Fin|"
    r"Reuters|AFP)\b"
)
_CITY = re.compile(
    r"^(?:Jakarta|Bandung|Surabaya|Semarang|Medan|Makassar|Yogyakarta|Yogya|Jogja|Denpasar|Bali|Palembang|"
    r"Pekanbaru|Padang|Malang|"
    r"Solo|Bogor|Depok|Bekasi|Tangerang|Batam|Manado|Pontianak|Banjarmasin|Balikpapan|Samarinda|Kupang|"
    r"Ambon|Jayapura|Mataram|"
    r"Lampung|Aceh|Serang|Cirebon|Singapura|London|Washington|Tokyo|Seoul|Beijing|Paris|Moskow|Sydney|"
    r"Roma|Madrid|Doha)\b"
)
#: Places of two words, for sites that set no dash behind the place ("Liputan6.com, Banda Aceh Warga ...").
_TWO_WORDS = re.compile(
    r"(?:Banda Aceh|Bandar Lampung|Kuala Lumpur|New York|New Delhi|Los Angeles|Hong Kong|Abu Dhabi|Tel "
    r"Aviv|Den Haag|Labuan Bajo|"
    r"Tanjung Pinang|Pangkal Pinang|Washington DC|San Francisco|Jakarta (?:Pusat|Selatan|Utara|Barat|"
    r"Timur)|Gunung Kidul|Buenos Aires|"
    r"Palangka Raya|Kota [A-Z]\w+|Kabupaten [A-Z]\w+|Rio de Janeiro|Mexico City|Kuala Kapuas|Tasikmalaya|"
    r"Gaza City|Phnom Penh|São Paulo)\b"
)
#: A site at the start, with a comma or, where the list knows it, without: "Kabarfemina.com, Jakarta".
_SITE = re.compile(
    r"[A-Za-z][\w-]{2,24}\.(?:com|co\.id|id|co|net|org|tv|news|info|CO|COM),\s?(?=[A-Z])|"
    r"(?:Liputan6\.com|Bintang\.com|Bola\.com|TEMPO\.CO|Suara\.com|Merdeka\.com|JawaPos\.com)\s"
)
#: A place in front of a sentence, apart or glued to its first word ("JakartaWarga").
_ONE_WORD = re.compile(r"[A-Z][a-z]+(?=\s?[A-Z\"“])")
#: A place glued to the first word behind it ("Hulu TengahPendaki ").
_SEAMED = re.compile(r"(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]{2,}(?=[A-Z][a-z]+ )")
#: A place of one to three words and the first of the sentence ("Muara Selan Memasuki").
_CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}(?= [a-z])")
#: The day behind a place: "Jakarta, 6 Maret 2024", "Jakarta (6/3)".
_DAY = re.compile(r",? \(?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{2,4})?| [A-Z][a-z]{2,9}(?: \d{4})?)\)?$")
_LONGEST = 90


def cut_dateline(text: str, *, first: bool) -> str:
    """`text` without place and publisher at its start. first: of the article; then a bare place counts."""
    for _ in range(3):
        rest = _once(text, first)
        if rest == text:
            return text
        text = rest
    return text


def is_dateline(text: str) -> bool:
    """Whether `text` starts as only a first paragraph does: place and publisher, or a known city."""
    return cut_dateline(text, first=bool(_CITY.match(text))) != text


def is_bare_dateline(text: str) -> bool:
    """Whether a line is a dateline and nothing else ("Jakarta -", with its paragraph in the next line)."""
    if len(text) > _LONGEST or not text.rstrip().endswith(("-", "–", "—", ":")):
        return False
    return cut_dateline(f"{text} Awal kalimat", first=True) == "Awal kalimat"


def _once(text: str, first: bool) -> str:
    head = text[:_LONGEST]
    for end in _END.finditer(head):
        place, rest = _DAY.sub("", text[: end.start()]), text[end.end() :]
        if not place or not rest or not _opens(place, rest):
            continue
        if end[0] == "-" and not _is_hyphenless(place, rest, first):
            continue
        if not _place_words(place):
            return _without_dash(text)
        known = bool(_DOMAIN.search(place))
        sure = known or bool(_AGENCY.search(place))
        if set(end[0].strip()) & set(":."):
            ok = known or (sure and len(place.split()) <= 3)
            ok = ok or (first and ":" in end[0] and bool(_CITY.match(place)))
            ok = ok or (
                first
                and place.isupper()
                and len(place) > 3
                and end[0].strip() == "."
                and len(place.split()) <= 2
            )
            if not ok or (end[0].strip() == "." and _DOMAIN.fullmatch(place + ".")):
                continue
            return rest
        if sure or (first and _is_place(place)):
            return rest
    return _without_dash(text)


def _opens(place: str, rest: str) -> bool:
    """Whether a sentence begins behind a place: with a capital; behind capitals also with a small name."""
    return (
        rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“'‘([" or (place.isupper() and len(place) > 3)
    )


def _is_hyphenless(place: str, rest: str, first: bool) -> bool:
    """Whether a hyphen without spaces around it ends a dateline ("JAKARTA-Menteri"), not half a word."""
    if place.endswith((")", "com", "id", "COM")):
        return True
    if first and _CITY.fullmatch(place):  # "Jakarta-Warga", not "Jakarta-Cikampek"
        return opener(rest.split()[0]) is not None
    return first and place.isupper() and len(place) > 3 and rest[1:2].islower()


def _is_place(place: str) -> bool:
    """Whether a dateline without a publisher is one: a known city, capitals, two words, or "Kuta, Bali"."""
    words = place.split()
    return (
        bool(_CITY.match(place)) or place.isupper() or len(words) <= 2 or ("," in place and len(words) <= 5)
    )


def _place_words(place: str) -> bool:
    """Whether all words are such as a dateline has: names, capitals, brackets; at most nine."""
    tokens = _TOKEN.findall(place)
    if len(tokens) > 9 or len("".join(tokens)) < len(place.replace(" ", "")) - 2:
        return False
    return all(
        t[0].isupper() or t[0] in "(|,/*" or _DOMAIN.match(t.rstrip(",")) or t in ("dan", "di", "de", "detik")
        for t in tokens
    )


def _without_dash(text: str) -> str:
    """A site and a place with no dash behind: "Kabar.com, Banda Aceh Warga ...", "... JakartaWarga ..."."""
    site = _SITE.match(text)
    if not site:
        return text
    rest = text[site.end() :]
    place = _SEAMED.match(rest) or _TWO_WORDS.match(rest) or _CITY.match(rest)
    if place is None and (found := _CAPITALS.match(rest)):
        words = found[0].split()
        opens = max(range(1, len(words)), key=lambda n: (opener(words[n]) or 0.0, -n), default=1)
        place = re.match(re.escape(" ".join(words[:opens])), rest)
    place = place or _ONE_WORD.match(rest)
    return rest[place.end() :].lstrip(" ,-–—") if place and rest[place.end() :] else text
