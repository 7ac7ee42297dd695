"""house, neighborhood and milestone numbers in addresses -> as said."""

import re

from newscast.text.acronyms import letters
from newscast.text.numbers import amount, cardinal, digits
from newscast.text.rule import rule


@rule("RT", r"\.? ?(?P<rt>\d{1,3})(?:(?P<rw>/ ?\d{1,3})(?!\d))?")
def neighborhood(match: re.Match[str]) -> str:
    """RT 02/05 is RT 02, RW 05."""
    words = f"{letters('RT')} {_padded(match['rt'])}"
    return f"{words} {letters('RW')} {_padded(match['rw'].strip('/ '))}" if match["rw"] else words


def _padded(text: str) -> str:
    return digits(text) if text[0] == "0" else cardinal(int(text))


@rule("Kav", r"\.?(?= ?(?P<number>\d)?)")
def lot(match: re.Match[str]) -> str:
    """Kav. 52 in an address; a rank has no number: Mayor Kav. Budi."""
    return "Kaveling" if match["number"] else "Kavaleri"


@rule("Lt lt", r"\.? ?(?P<n>\d{1,3})(?!\w)")
def floor(match: re.Match[str]) -> str:
    """Lt. 3 in an address."""
    return f"lantai {cardinal(int(match['n']))}"


@rule("Km KM km", r"\.? ?(?P<n>\d{1,4}(?:[.,]\d{1,3})?)(?!\w)")
def milestone(match: re.Match[str]) -> str:
    """Tol Cipularang Km 97."""
    return f"kilometer {amount(match['n'])}"


RULES = (
    neighborhood, lot, floor, milestone,
)  # fmt: skip
