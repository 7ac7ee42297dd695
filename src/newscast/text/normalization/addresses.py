"""house, neighborhood and milestone numbers in addresses -> as said."""

import re

from newscast.text.letters import letters
from newscast.text.normalization.numbers import amount, cardinal, digits
from newscast.text.normalization.rule import NUMBER, before, rule, word_before


@rule("RT", r"/RW\.? ?(?P<rt>\d{1,3})/(?P<rw>\d{1,3})(?!\d)")
def both_neighborhoods(match: re.Match[str]) -> str:
    """`RT/RW 02/05`."""
    return f"{letters('RT')} {_padded(match['rt'])} {letters('RW')} {_padded(match['rw'])}"


@rule("RT RW", r"\.? ?(?P<first>\d{1,3})(?:/ ?(?P<rw>\d{1,3})(?!\d))?")
def neighborhood(match: re.Match[str]) -> str:
    """`RT 02/05`, `RW 05`."""
    words = f"{letters(match['start'])} {_padded(match['first'])}"
    return f"{words} {letters('RW')} {_padded(match['rw'])}" if match["rw"] else words


def _padded(text: str) -> str:
    return digits(text) if text[0] == "0" else cardinal(int(text))


@rule("Kav", r"\.?(?= ?(?P<number>\d)?)")
def lot(match: re.Match[str]) -> str:
    """`Kav. 52` in an address, `Mayor Kav. Budi` in a rank."""
    return "Kaveling" if match["number"] else "Kavaleri"


@rule("Lt lt", r"\.? ?(?P<n>\d{1,3})(?!\w)")
def floor(match: re.Match[str]) -> str:
    """`Lt. 3`, not `Lt. Budi`."""
    return f"lantai {cardinal(int(match['n']))}"


@rule("Km KM km", r"\.? ?(?P<n>\d{1,4}(?:[.,]\d{1,3})?)(?:[+/](?P<plus>\d{3}))?(?!\w)")
def milestone(match: re.Match[str]) -> str:
    """`Tol Cipularang Km 97`, `KM 62+300`; and `KM 62.300` is the same place."""
    n = match["n"].replace(".", ",")
    n = n.rstrip("0").rstrip(",") if "," in n else n
    return f"kilometer {amount(n)}" + (f" plus {cardinal(int(match['plus']))}" if match["plus"] else "")


@rule("KM", r"\.?(?= (?!Tol|Jalan|Ruas|Arah)[A-Z][a-z])")
def ship(match: re.Match[str]) -> str | None:
    """`KM Lambelu` is a motor ship, not `5 KM Jalan Tol`."""
    return None if re.search(r"\d ?$", before(match, 2)) else "kapal motor"


@rule((NUMBER,), r"[1-9]\d{4}(?!\w|[.,-]\d)")
def postal_code(match: re.Match[str]) -> str | None:
    """`Jl. Merdeka 5, Bandung 40111`: five digits without a dot behind a place."""
    place, head = word_before(match), before(match, 100)
    return digits(match[0]) if place[:1].isupper() and re.search(r"\b(?:Jl|Jln|Jalan|Gg)\b", head) else None


RULES = (
    both_neighborhoods, neighborhood, lot, floor, milestone, ship, postal_code,
)  # fmt: skip
