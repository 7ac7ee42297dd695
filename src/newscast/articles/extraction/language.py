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
#: Words that Malaysian news has in every few sentences and Indonesian news does not.
_MALAY = frozenset(
    "kerana iaitu manakala kerajaan syarikat bahawa mahu isnin khamis jumaat berkenaan selepas susulan "
    "ekoran ringgit polis "
    "mahkamah parlimen pengerusi ahad berkata beliau daripada tuduhan bomba pesuruhjaya hospital wang "
    "cawangan kakitangan".split()
)
_NOT_MALAY = frozenset(
    "karena bahwa mengatakan ujar ujarnya senin kamis jumat minggu polisi perusahaan setelah pemerintah "
    "uang rumah bisa saat "
    "kantor sudah sakit namun sementara yakni yaitu wib tersebut kata menurut kepala mobil usai lalu".split()
)


def language_of(text: str) -> str:
    """ISO 639-1: "id", "en" or "ms"; "" for any other. A text too short to tell is Indonesian.

    Names do not count, so that the line-ups below a match report are of no language.
    """
    written = re.findall(r"[^\W\d_]+", text)[:3000]
    small = [word for word in written if word.islower()]
    if len(small) < 20:
        return "id"
    share = sum(word in _INDONESIAN for word in small) / len(small)
    if sum(word in _ENGLISH for word in small) / len(small) > max(0.12, share):
        return "en"
    words = [word.casefold() for word in written]
    malay = sum(word in _MALAY for word in words)
    if share > 0.06 and malay >= 3 and malay > 1.5 * sum(word in _NOT_MALAY for word in words):
        return "ms"
    return "id" if share >= 0.1 else ""
