"""Paragraph -> sentences, by looking at every full stop, question and exclamation mark once.

A mark ends a sentence unless what stands before it is an abbreviation that leads on to something
(dr. Tirta, Jl. Sudirman, No. 5), an initial (A.H. Nasution), the number of a list item, or what
stands after it goes on in lower case ("Benarkah?" tanyanya). EYD V, chapters I.F and III.
"""

import re

#: Abbreviations that lead on to a name or a word, and so never end a sentence.
_LEADING = frozenset(
    """
    adm akbp akp alm almh apt bpk brig brigjen bripda bripka bripko briptu cq cv dir dr dra drg drh drs
    dt gg gub hi hj hr inf inspektur ipda iptu ir irjen jend jenderal jl jln kab kabag kapt kav kec kel
    kep kes kol kombes komjen komp kompol koptu kpt kpts kw laks laksda laksdya laksma let letda letjen
    letkol lettu lt marsda marsdya marsma may mayjen mgr mr mrs ms mt ny pdt pelda peltu perum pj pjs
    plh plt pol praka pratu prof prop prov pt pte pur purn pw qs rep rs sdr sdri serda serka serma sertu
    sp st sub tgk tn ttd ud ust vs
    """.split()
)
#: Abbreviations that lead on to a number; before anything else they are words or end a sentence.
_NUMBERED = frozenset(
    """
    jo no nos nomor rp hlm ps pkl tgl jam telp tel tlp hp fax faks wa vol ed ay ayat art km rt rw
    jan feb mar apr jun jul agu agt ags agust sep sept okt nov des
    """.split()
)
#: What may follow No. and jo. besides a number.
_COUNTED = re.compile(
    r"(?i:hp|ktp|pol|polisi|rek|rekening|registrasi|telp|urut|wa|pasal|uu|undang|ayat)\b|[A-Z]{1,4}[/.-]?\d"
)
#: What follows Co. in the name of a company.
_COMPANY = frozenset("ltd inc llc pte".split())
#: Abbreviations after which a bracket belongs to the same sentence: "Telkom Tbk. (TLKM)".
_TRAILING = frozenset("tbk inc corp ltd co jr sr dll dsb dst dkk".split())
#: A letter after one of these is a name, not an initial: "vitamin C. Warga".
_LETTERED = frozenset(
    "vitamin hepatitis golongan rencana kelas grup blok tipe tim kelompok paket seri huruf opsi".split()
)
#: Words that open a sentence and are no surname; after them an initial or a degree can end one.
_OPENERS = frozenset(
    """
    ada adapun agar akan akhirnya akibat akibatnya aku anda antara apa apabila apakah artinya atas awalnya
    bagaimana bagi bahkan bahwa banyak baru beberapa begitu belum berdasarkan berikut beliau biasanya bila
    bisa bukan dalam dan dari dengan demikian di dia dikatakan diketahui dulu guna hal hanya harga hasil
    hingga ia ini itu jadi jangan jika juga kalau kami kapan karena kasus kata ke kedua kemudian keduanya
    kendati kepada kini kita korban lalu lebih maka masih masyarakat melalui melihat memang menurut menurutnya
    mereka meski meskipun mulai namun oleh pada padahal para pasalnya pelaku pemerintah petugas pihak
    pihaknya polisi saat salah sampai saya se sebab sebagai sebanyak sebelum sebelumnya sebuah secara
    sedangkan sehingga sejak sejauh sejumlah selain selama selanjutnya seluruh semua sementara seorang seperti
    serta sesuai setelah setiap siapa sidang tak tapi telah tentu terkait terpisah tetapi tidak tim untuk usai
    walau walaupun warga ya yaitu yang
    """.split()
)
#: What follows a dot inside a web address, which scrapes love to capitalize.
_DOMAINS = frozenset("com co id net org tv go ac sch or web news info io my us uk js html htm php".split())

_MARK = re.compile(r"[.?!…]+[\"”’'»)\]]*")
_OPENING = "\"“‘'«(["
_LEAD = re.compile(r"\s*[\"“‘'«(\[]*\s*")
_LAST_WORD = re.compile(r"[^\W_][\w.’'-]*$")
_NEXT_WORD = re.compile(r"\w{1,24}")
#: W, A.H, K.H, Ph.D, S.Pd, a.n: initials, degrees and short phrases, which lead on to more; not an acronym.
_INITIALS = re.compile(
    r"(?:[A-Z][a-z]{0,2}\.)*[A-Z]|(?:[A-Z][a-z]{0,2}\.)+[A-Z][A-Za-z]{0,3}|(?:[a-z]\.)+[a-z]"
)
#: 3. or (b) or iv. before the words of an item.
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})")
#: iPhone, eFishery, e-Katalog: in small letters and yet at the beginning of a sentence.
_BRAND = re.compile(r"[a-z]-?[A-Z]")
_ADDRESS = re.compile(r"https?:|www\.|@|/")
#: No word that matters is longer than this, and so every look back is short.
_REACH = 40


def sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph, in order; none is empty, and nothing is lost.

    Joined with single spaces they are the paragraph again, its white space made single; only where
    a scrape had glued two sentences together ("rusak.Warga") has a space come in.
    """
    text = " ".join(paragraph.split())
    found: list[str] = []
    start = seen = quotes = 0
    readable = False
    for mark in _MARK.finditer(text):
        readable = readable or any(map(str.isalnum, text[seen : mark.start()]))
        quotes += text.count('"', seen, mark.start())
        seen = mark.start()
        end = _end(text, mark, quotes)
        if readable and end < len(text) and _ends(text, start, mark, end):
            found.append(text[start:end].rstrip())
            start, readable = end + (text[end] == " "), False
    if text[start:]:
        found.append(text[start:])
    return found


def _end(text: str, mark: re.Match[str], quotes: int) -> int:
    """Where the sentence would end: after closing quotes, but before a straight one that opens."""
    marks = mark[0].rstrip("\"”’'»)]")
    after = mark.end()
    if mark[0][len(marks) :] == '"' and quotes % 2 == 0 and text[after : after + 1] not in ("", " "):
        return after - 1  # rusak."Kami
    return after


def _ends(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Whether the sentence that began at `start` ends at `end`."""
    if text[end] != " " and not text[end].isupper() and text[end] not in _OPENING:
        return False
    lead = _LEAD.match(text, end)
    assert lead is not None  # it matches the empty string
    after = text[lead.end() : lead.end() + _REACH]
    before = _LAST_WORD.search(text, max(start, mark.start() - _REACH), mark.start())
    word = before[0] if before else ""
    following = _NEXT_WORD.match(after)
    follower = following[0] if following else ""
    full_stop = mark[0].rstrip("\"”’'»)]") == "."
    if not after or after[0] in ".?!…,;:":
        return False
    if text[end] != " ":
        return _is_glued(text, start, mark, word, follower)
    if after[0].islower() and not _BRAND.match(after):
        known = follower in _DOMAINS or word in _LEADING or word in _NUMBERED
        sloppy = word.isalpha() and word.islower() and len(word) > 3 and not known
        return sloppy and full_stop and end == mark.start() + 1 and not lead[0].strip()
    if not full_stop or end > mark.start() + 1:
        return True
    if _is_list_number(text, start, mark.start()):
        return False
    opened = "(" in lead[0] or "[" in lead[0]
    return not _leads_on(word, text[max(start, mark.start() - _REACH) : mark.start()], after, opened)


def _leads_on(word: str, before: str, after: str, bracket: bool) -> bool:
    """Whether `word` and its full stop are an abbreviation in the middle of a sentence.

    before: the text up to the full stop, the word included. after: the text behind it.
    """
    name = word.lower()
    following = _NEXT_WORD.match(after)
    follower = following[0] if following else ""
    if name in _LEADING or before.endswith(" et al"):
        return True
    if name in _NUMBERED:
        return after[:1].isdigit() or (name in ("no", "jo") and _COUNTED.match(after) is not None)
    if name in _TRAILING:
        return bracket or (name == "co" and follower.lower() in _COMPANY)
    if not _INITIALS.fullmatch(word):
        return False
    previous = before[: -len(word)].split()
    if len(word) == 1 and previous and previous[-1].lower() in _LETTERED:
        return False
    return follower.lower() not in _OPENERS


def _is_list_number(text: str, start: int, stop: int) -> bool:
    """Whether all that the sentence has so far is the "3" or "b" of a list item."""
    return stop - start < 8 and _LIST_NUMBER.fullmatch(text, start, stop) is not None


def _is_glued(text: str, start: int, mark: re.Match[str], word: str, follower: str) -> bool:
    """Whether two sentences lost the space between them: "rusak.Warga", not "detik.com" or "S.H."."""
    run = text[max(start, mark.start() - _REACH) : mark.start()].rsplit(" ", 1)[-1]
    part = word.rsplit(".", 1)[-1]
    if not follower[:1].isupper() or _ADDRESS.search(run) or follower.lower() in _DOMAINS:
        return False
    if _is_list_number(text, start, mark.start()):
        return False
    if "." not in mark[0]:
        return True  # Kenapa?Karena
    if not part:
        return text[mark.start() - 1] in ")]”’»" and follower[1:2].islower()  # (BPBD).“Warga
    if len(part) < 2 or part.lower() in _LEADING | _NUMBERED or len(follower) < 2:
        return part.isdigit() and follower[1:2].islower()
    return follower[1].islower() or (part.islower() and len(part) > 2) or part.isdigit()
