"""words doubled with a 2 as written -> said twice."""

import re

from newscast.text.normalization.rule import JOINED, choice, rule

#: Roots that are said again without the prefix: berhari2 is berhari-hari.
_ROOTS = """
    abad akhir angan bagai baik banyak bapak barat beda benar besar biru bondong bulan buru cepat dikit
    duyun ganti gesa gila habis hari hijau hitam ibu jalan jam juta kaca kali kanak kecil kurang laki lama
    lambat lari lembar lihat macam main mata merah minggu mula nanti olah pagi puluh putar putus rata ratus
    ribu sama sia siap tahun teriak tidak tingkat turut ulang waktu
""".split()
_PREFIXED = re.compile(rf"(?i:(?:ber|ter|se|ke|me[mn]?g?)(?P<root>{choice(_ROOTS)}))$")


@rule((JOINED,), r"(?P<stem>[^\W\d_][a-z']{2,20})2(?P<tail>an|nya|annya|lah|pun|ku|mu|i|kan)?(?!\w)")
def doubled(match: re.Match[str]) -> str:
    """`negara2`, `anak2nya`, `berhari2`: a 2 says the word again."""
    stem = match["stem"]
    root = found["root"] if (found := _PREFIXED.match(stem)) else stem.lower()
    return f"{stem} {root}{match['tail'] or ''}"


RULES = (doubled,)
