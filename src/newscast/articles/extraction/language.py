"""Text -> its language, by the small words that every sentence has."""

import re

_INDONESIAN = frozenset(
    "yang dan di ini itu untuk dengan dari pada dalam tidak akan juga karena adalah oleh bisa saat sudah "
    "ke telah kata ada "
    "mereka saya kami kita ia dia para bahwa atau seperti menjadi lebih hingga antara sebagai secara "
    "tersebut namun lalu".split()
)
_ENGLISH = frozenset(
    "the of and to in is that for was with on as by at from his are has have it be an this said not".split()
)
#: Words of Malaysian news that Indonesian news never has. Not among them: kerajaan, polis, beliau, daripada,
#: hospital, mahkamah and the like, which Indonesian uses for other things, or more seldom.
_MALAY = frozenset(
    "kerana iaitu manakala bahawa isnin khamis jumaat parlimen pengerusi kakitangan cawangan pesuruhjaya "
    "sekiranya dijangka menerusi setakat persekutuan terbabit mesyuarat berkenaan susulan ekoran "
    "bomba sahaja walaubagaimanapun wang syarikat".split()
)
_NOT_MALAY = frozenset(
    "karena bahwa mengatakan ujar ujarnya senin kamis jumat minggu polisi perusahaan setelah pemerintah "
    "uang rumah bisa saat "
    "kantor sudah sakit namun sementara yakni yaitu wib tersebut kata menurut kepala mobil usai lalu".split()
)
#: Characters that tell enough.
_READ = 6_000
#: Fewer small words than this tell nothing; so many Malay ones, of two kinds, do.
_ENOUGH = 20
_TELLING = 3


def language_of(text: str) -> str:
    """ISO 639-1: "id", "en" or "ms"; "" for any other. A text too short to tell is Indonesian.

    Names do not count, so that the line-ups below a match report are of no language. A text with few of the
    words that every sentence has (a recipe, a table of weather) is judged by its letters.
    """
    written = re.findall(r"[^\W\d_]+", text[:_READ])
    small = [word for word in written if word.islower()]
    if len(small) < _ENOUGH:
        return "id"
    share = sum(word in _INDONESIAN for word in small) / len(small)
    if sum(word in _ENGLISH for word in small) / len(small) > max(0.12, share):
        return "en"
    words = [word.casefold() for word in written]
    malay = [word for word in words if word in _MALAY]
    if len(malay) >= _TELLING and len(set(malay)) > 1 and len(malay) > sum(w in _NOT_MALAY for w in words):
        return "ms"
    return "id" if share >= 0.1 or _letters_of(" ".join(small)) in ("id", "ms") else ""


def _letters_of(text: str) -> str:
    """What py3langid takes a text for. Loading it takes over a second, so only where words do not tell."""
    from py3langid import classify

    return str(classify(text)[0])
