"""telephone numbers as written -> as said."""

import re

from newscast.text.normalization.acronyms import said_acronym
from newscast.text.normalization.numbers import digits
from newscast.text.normalization.rule import NUMBER, PAUSE, rule


def spell_groups(text: str) -> str:
    """0812-3456-7890 -> digits, with a breath between the groups."""
    return f"{PAUSE} ".join(filter(None, map(digits, re.split(r"\D+", text))))


@rule(
    (NUMBER,),
    r"(?:62[ .-]?8\d{1,2}(?:[ .-]?\d{3,4}){2,3}|0?8\d{2,3}(?:[ .-]\d{3,4}){2,3}|08\d{8,11}"
    r"|0\d{2,3}[-/ ]\d{3,4}(?:[ -]?\d{3,4})?|62[ -]\d{2,3}[ -]\d{3,4}[ -]?\d{3,4}|0800[- ]\d-?\d{2,3}-?\d{3}"
    r"|0\d{2,3}(?:-\d{1,4}){2,4}|1-?500[- ]?\d{3})(?!\d|[.,-]\d)",
)
def telephone(match: re.Match[str]) -> str:
    """`0812-3456-7890`, `021-5551234`, `1500-123`: digit by digit, in the groups it is written in."""
    return spell_groups(match[0])


@rule("(", r"(?P<area>0\d{2,3})\) ?(?P<rest>\d{3,4}[ -]?\d{2,4}(?:, ?\d{6,8}){0,4})(?!\d)")
def telephone_with_area(match: re.Match[str]) -> str:
    """`(021) 5551234`."""
    return spell_groups(f"{match['area']} {match['rest']}")


@rule("+", r"(?P<rest>\d{1,3}(?:[ -]?\d{2,4}){2,5})(?!\d)")
def telephone_abroad(match: re.Match[str]) -> str:
    """`+62 812 3456 7890`."""
    return f"plus {spell_groups(match['rest'])}"


@rule(
    "ambulans center centre darurat dihubungi hotline hp hubungi kode kontak nik nim nip nisn npwp otp "
    "panggilan pin pos rekening sms tel telepon telp tlp wa whatsapp",
    r"[.:]?(?: (?:ke|di|nomor|no\.|pos|rekening))?[ :] ?(?!(?:19|20)\d\d(?!\d))"
    r"(?P<digits>\d{3,20}(?:-\d{2,10}){0,4})"
    r"(?:(?P<and> dan | atau )(?P<more>\d{3,5}))?(?!\w|[.,-]\d| \d{3})",
)
def number_to_dial(match: re.Match[str]) -> str | None:
    """`hotline 110`, `kode pos 40132`, `NIK 3201...`: a number one dials or types, not a quantity."""
    head = match[0][: match.start("digits") - match.start()]
    head = re.sub(r"[.:]", " ", head)
    words = [
        "telepon" if word.lower() in ("telp", "tlp", "tel") else said_acronym(word) for word in head.split()
    ]
    more = f"{match['and']}{digits(match['more'])}" if match["more"] else ""
    return f"{' '.join(words)} {spell_groups(match['digits'])}{more}"


@rule(
    "ambulans basarnas damkar kepolisian pln polisi",
    r" (?P<number>11[0-9]|12[39])(?=[,.;)]| (?:atau|dan)\b|$)",
)
def emergency(match: re.Match[str]) -> str:
    """`Damkar 113`, `Polisi 110`; not `polisi 110 orang`."""
    return f"{match['start']} {digits(match['number'])}"


@rule("telp tlp tel", r"\.?(?!\w)(?P<number>(?=:? ?[+(\d]))?")
def telephone_word(match: re.Match[str]) -> str | None:
    """`telp.`, `tel: (021)`; not `Tel Aviv`, which is a city."""
    return None if match["start"].lower() == "tel" and match["number"] is None else "telepon"


RULES = (telephone, telephone_with_area, telephone_abroad, number_to_dial, emergency, telephone_word)
