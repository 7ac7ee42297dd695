"""Roman numerals as written -> as said, and never the words and acronyms that only look like them."""

import itertools
import re

from newscast.text.letters import letters
from newscast.text.normalization.numbers import cardinal, ordinal, roman
from newscast.text.normalization.rule import CAPITALS, LETTER, before, rule, word_before

#: A Roman numeral after one of these is a plain number, even a single I, V or X.
_NUMBERED = frozenset(
    """
    afdeling alam angka angkatan asisten ayat bab babak bagian banjar batalyon batch bidang blok booster
    brigade brigif buwono candu caturwulan daop daops dapil dati deputi divif divisi divre dosis dunia
    dusun edisi episode eselon etape fakultas fase gang gedung gelombang golongan grade halaman
    hamengkubuwono harapan hb jalan jilid jl jln jorong juara kaa kabinet kampus kanal kanit kanwil
    kasat kasi kasubdit kategori kavling kelas kerja ketua klaster kloter koarmada kodam kogabwilhan
    komisi kompi konferensi kongres koopsud kopertis korem koridor kuartal lampiran lantai lantamal
    lanud leg level liga lingkungan lldikti mangkunegara mangkunegoro menara militer mtq mukernas
    muktamar munas musim nagari no nomor nusantara paket pakualam pakubuwono panit paragraf pasal pb pd
    pelapor pelindo pelita pemenang pemohon pemuda pengawas penggugat penyidik peringkat periode peserta
    pilar pon pos ptpn pura putaran rakernas rakor rapimnas rayon region regional regu rektor repelita
    resimen ring ronde rt rw saksi salib satgas seksi sektor semester seri sesi siklus silatnas skala
    skuadron sp stadium subdit tahap terdakwa tergugat terlapor termin terminal termohon tersangka tim
    tingkat tk tol tower triwulan turnamen unit volume waka wakil wilayah yonif zona
    """.split()
)
_CENTURY = frozenset("abad milenium".split())
_JOIN = r"(?:-|/| - |, | dan |, dan | atau |, atau | serta | sampai | hingga )"
#: A single I, V or X is a numeral, too, in a list: I, II, dan III; Komisi I dan V.
_BEFORE_ANOTHER = rf"(?={_JOIN}[IVX]{{2,5}}(?![\w'.]))"
_BEHIND_ANOTHER = re.compile(rf"(?:(?P<cue>\w+) )?(?P<other>[IVX]{{1,5}}){_JOIN}$")
#: These are numbered behind their names: Dapil Jawa Barat V, Kabinet Hatta I.
_NAMED = re.compile(
    r"\b(?i:agresi|bendungan|dapil|dermaga|jembatan|kabinet|konferensi|kongres|pasar|perang|satelit|terminal|waduk)"
    r" (?:[A-Z]\w+ ){1,3}$"
)
#: Rulers, and names that rulers bear: the numeral after them is an ordinal.
_RULERS = frozenset("Paus Raja Ratu Sultan Kaisar Tsar Susuhunan Sunan Pangeran Firaun Emir Patriark".split())
_REGNAL = frozenset(
    """
    Abdullah Albert Aleksander Amangkurat Benediktus Bolkiah Carlos Catherine Charles Clemens Darius Edward
    Elizabeth Felipe Fransiskus Franz Frederick Frederik George Gregorius Gustaf Harald Henry Ivan James
    Katarina Klemens Leo Leopold Louis Margrethe Mehmed Murad Napoleon Nicholas Nikolas Paulus Petrus Philip
    Pius Rama Ramses Richard Sulaiman Urbanus Wilhelm Willem William Xerxes Yohanes
    """.split()
)


@rule((CAPITALS,), r"(?P<n>[IVXLCDM]{2,9})(?:-(?P<until>[IVXLCDM]{1,9}))?(?![\w']| \(\d)")
def roman_numeral(match: re.Match[str]) -> str | None:
    """`abad XIX`, `Bab VII`, `Paus Benediktus XVI`, `Perang Dunia II`; never CV, MD, DI without a cue."""
    return _roman(match)


@rule(
    (LETTER,),
    rf"(?P<n>[IVX])(?P<listed>{_BEFORE_ANOTHER})?(?P<scale>(?= MMI\b))?"
    rf"(?:-(?P<until>[IVXLCDM]{{1,9}}))?(?![\w']|\.\w)",
)
def roman_letter(match: re.Match[str]) -> str | None:
    """`kuartal I`, `Komisi V`, `Hamengku Buwono X`: only after a cue, or in a list: I, II, dan III."""
    head = before(match)
    counted = (
        match["listed"] is not None
        or match["scale"] is not None
        or _is_behind_another(head)
        or _NAMED.search(head)
    )
    return _roman(match) or (cardinal(roman(match["n"]) or 0) if counted else None)


def _is_behind_another(head: str) -> bool:
    found = _BEHIND_ANOTHER.search(head[-30:])
    return found is not None and (len(found["other"]) > 1 or (found["cue"] or "").lower() in _NUMBERED)


@rule((CAPITALS,), r"(?P<n>[IVX]{1,4})(?P<letter>[A-E])(?![\w'])")
def roman_and_letter(match: re.Match[str]) -> str | None:
    """`Kelas IIA`."""
    n = roman(match["n"]) if word_before(match).lower() in _NUMBERED else None
    return f"{cardinal(n)} {letters(match['letter'])}" if n else None


def _roman(match: re.Match[str]) -> str | None:
    n, until = roman(match["n"]), roman(match["until"] or "")
    if n is None or (match["until"] and until is None):
        return None
    cue = word_before(match).lower()
    if cue in _CENTURY:
        return f"{ordinal(n)} sampai {ordinal(until)}" if until else ordinal(n)
    if cue in _NUMBERED:
        return f"{cardinal(n)} sampai {cardinal(until)}" if until else cardinal(n)
    if _is_ruler(before(match).split()[-4:]):
        return ordinal(n)
    ambiguous = (
        n in (4, 6, 9, 11, 20) and not cue and before(match, 1) not in ("-", "/")
    )  # IV, VI, IX, XI, XX
    clear = len(match["n"]) > 3 or (re.fullmatch("[IVX]{2,}", match["n"]) and not ambiguous)
    return None if not clear else f"{cardinal(n)} sampai {cardinal(until)}" if until else cardinal(n)


def _is_ruler(words: list[str]) -> bool:
    """Whether the words end in the name of a ruler: Ratu Elizabeth, Paus Yohanes Paulus."""
    names = list(itertools.takewhile(lambda word: word[0].isupper() and word.isalpha(), reversed(words)))
    return bool(names) and (names[0] in _REGNAL or not _RULERS.isdisjoint(names[1:4]))


RULES = (roman_and_letter, roman_numeral, roman_letter)
