"""initials, titles and ages of persons as written -> as said."""

import re

from newscast.text.letters import letters
from newscast.text.normalization.numbers import cardinal, ordinal
from newscast.text.normalization.rule import CAPITALS, LETTER, PAUSE, before, choice, rule, word_before


@rule("inisial berinisial", r" (?P<word>[A-Z](?:\.[A-Z]){1,3}\.?|[A-Z]{1,5})(?![\w'])")
def named_by_initials(match: re.Match[str]) -> str:
    """`berinisial AS`: here AS is nobody's country."""
    return f"{match['start']} {letters(match['word'])}"


@rule("tersangka korban pelaku saksi terdakwa terduga", r" (?P<who>AS|UU|AI|IT|DJ|MM|PC)(?=[ ,.;]|$)")
def suspect_by_initials(match: re.Match[str]) -> str:
    """`tersangka AS`: nor is it here."""
    return f"{match['start']} {letters(match['who'])}"


#: Degrees that are initials or acronyms anywhere but behind a comma.
_DEGREES = {
    "S.H": "sarjana hukum", "SH": "sarjana hukum", "S.E": "sarjana ekonomi", "SE": "sarjana ekonomi",
    "S.T": "sarjana teknik", "ST": "sarjana teknik", "S.S": "sarjana sastra", "S.P": "sarjana pertanian",
    "SP": "sarjana pertanian",
    "S.A.P": "sarjana administrasi publik", "M.H": "magister hukum", "MH": "magister hukum",
    "M.M": "magister manajemen", "MM": "magister manajemen", "M.T": "magister teknik",
    "MT": "magister teknik", "M.E": "magister ekonomi", "M.A": "master of arts",
    "SST": "sarjana sains terapan", "SSTP": "sarjana sains terapan pemerintahan",
    "M.B.A": "magister administrasi bisnis", "SIK": "sarjana ilmu kepolisian",
}  # fmt: skip


_DEGREE = rf"(?:{choice(_DEGREES)}|[SM]\.?[A-Z][a-z]{{0,4}})\.?(?!\w)"
#: A name behind a rank or an office, which a degree may follow: AKBP Eko Yulianto SH.
_RANKED = re.compile(
    r"\b(?:A[Kk][Pp]|AKBP|Kompol|Kombes(?: Pol)?|Ip[dt][ua]|Aip[dt][ua]|[BI]r\w{2,3}jen(?: Pol)?"
    r"|Bupati|Camat|Lurah|Rektor|Kapol\w+|Kasat \w+|Dr[as]?|Ir|Hj?)\.? (?:[A-Z][\w.']+ ){1,4}$"
)
_AFTER_DEGREE = re.compile(rf"\b{_DEGREE},? $")
_BEFORE_DEGREE = re.compile(rf"\.?,? {_DEGREE}(?!\w)")


@rule(" ".join(_DEGREES), r"(?:(?P<dot>\.)(?P<last>$)?)?(?!\w)(?P<apart>(?=[,)]|$))?")
def degree(match: re.Match[str]) -> str | None:
    """`Budi, S.H., M.M.`; `Dewi SE, MM`: short degrees stand behind a comma or beside another degree;
    not `S.H. Mintardja`, a writer.
    """
    behind = before(match, 2).endswith((", ", ",")) and (match["dot"] or match["apart"] is not None)
    named = word_before(match)[:1].isupper()
    beside = named and (
        _AFTER_DEGREE.search(before(match, 16)) or _BEFORE_DEGREE.match(match.string, match.end())
    )
    if not behind and not beside and not (named and _RANKED.search(before(match))):
        return None
    return _DEGREES[match["start"]] + ("." if match["dot"] and match["last"] is not None else "")


@rule((CAPITALS,), r"(?P<word>[A-Z]{2,4})(?= \(\d{1,3}(?: tahun| thn| th)?\))")
def initials_before_age(match: re.Match[str]) -> str:
    """`AS (19)`, `MA (30)`: what has an age is a person."""
    return letters(match["word"])


@rule("dr", r"(?![\w.])(?P<named>(?= [A-Z]|$))?")
def doctor(match: re.Match[str]) -> str:
    """`dr Tirta` is a doctor, `dr Jakarta` too; `dr 150 orang` is short for dari."""
    return "dokter" if match["named"] is not None else "dari"


@rule("KH KH. K.H K.H.", r"(?= [A-Z][a-z]| [A-Z]\.|\)|$)")
def kiai(_: re.Match[str]) -> str:
    """`KH Hasyim Asy'ari`."""
    return "Kiai Haji"


#: What stands before a haji, but not before a middle initial.
_TITLES = frozenset(
    """
    almarhum anggota bapak brigjen bupati camat dan direktur doktor dr dra drs gubernur haji ir istri
    jalan jenazah jenderal jl jln kapten keluarga kepala ketua kiai kolonel komandan kota letjen letkol
    lurah makam masjid mayjen mayor menteri menurut oleh pak presiden prof profesor sekda sekretaris tgk
    tuan ust ustaz wakil walikota yth
    """.split()
)


#: An office and its place, which can look like a first name: Bupati Bogor H. Ade.
_OFFICE = re.compile(r"(?i:bupati|camat|desa|gubernur|kades|kota|lurah|wabup|wagub) [A-Z]\w+ $")


@rule("H", r"\.(?= ?[A-Z][a-z]| [A-Z]\.)")
def hajji(match: re.Match[str]) -> str | None:
    """`H. Lulung`, `H.Lulung`, `Bupati H. Lulung`; not `H.B. Jassin`, not `Mohammad H. Thamrin`."""
    name = word_before(match)
    titled = not name[:1].isupper() or name.lower() in _TITLES or _OFFICE.search(before(match))
    return "Haji" if titled else None


_LETTERED = frozenset("grup kelas vitamin hepatitis blok tipe huruf rencana seri golongan sektor".split())


@rule((LETTER,), r"(?P<initials>[A-Z]\.(?!\d)(?: ?[A-Z]\.(?![a-z])){0,4})")
def initials(match: re.Match[str]) -> str:
    """`H.B. Jassin`, `W.S. Rendra`, `M.Natsir`, `Joko W.`: the dots of initials are no stops."""
    last = match.end() == len(match.string)
    named = len(match[0]) == 2 and word_before(match).lower() in _LETTERED
    return letters(match["initials"]) + ("." if last or named else "")


#: Capitalized words that are numbered rather than aged.
_NOT_AGED = frozenset("ayat bab bagian butir gambar grafik huruf lampiran pasal poin tabel tahap".split())
#: Small words for persons.
_AGED = frozenset(
    """
    adik almarhum almarhumah anak ayah balita bayi bocah buruh cucu gadis guru ibu istri kakak kakek
    keponakan korban laki lansia mahasiswa mahasiswi nelayan nenek pelajar pelaku pemuda pengemudi
    pengendara perempuan petani pria putra putri remaja saksi santri siswa siswi sopir suami terdakwa
    tersangka wanita warga
    """.split()
)


#: Several names with numbers where goals are spoken of: minutes of play, though no sign says so.
_SCORED = re.compile(r"[A-Z][\w'-]+ \((\d{1,3})(?:\+\d)?\)")
_RANKING = re.compile(r"\b(?i:ranking|peringkat|unggulan)\b")
_GOALS = re.compile(r"\b(?i:gol|gol-gol|dicetak|mencetak|pencetak|hattrick|brace|penalti|menit)\b")


@rule("(", r"(?P<age>\d{1,3})(?P<years> ?(?:tahun|thn|th))?\)")
def age(match: re.Match[str]) -> str | None:
    """`Wati (52)`, `anaknya (7)`: what stands in brackets behind a person is an age."""
    person = word_before(match).rstrip(",")
    if not person[-1:].isalpha():
        return None
    around = match.string[max(0, match.start() - 150) : match.end() + 150]
    scored = _SCORED.findall(around)
    goals = len(scored) > 1 and _GOALS.search(around) is not None
    ranked = _RANKING.search(around) is not None
    if goals or ranked or " vs " in around:
        number = int(match["age"])  # a minute of play, else a seed, a place or a count of goals
        minute = goals and not ranked and max(map(int, scored)) > 10
        return f"{PAUSE} {'menit ' + ordinal(number) if minute else cardinal(number)} {PAUSE}"
    named = person[:1].isupper() and person.lower() not in _NOT_AGED
    aged = named or person.removesuffix("nya") in _AGED
    if not 1 <= int(match["age"]) <= 120 or not (aged or match["years"]):
        return None
    return f"{PAUSE} {cardinal(int(match['age']))} tahun {PAUSE}"


RULES = (
    named_by_initials, initials_before_age, doctor, kiai, suspect_by_initials, degree, hajji, initials, age,
)  # fmt: skip
