"""Spoken text -> IPA for the engines that are fed with phonemes: Kokoro, eSpeak NG, Piper.

The alphabet, NFC, is the contract with those engines; nothing else ever comes out:

    vowels       a e ə i o u, diphthongs aɪ aʊ ɔɪ eɪ
    consonants   b d dʒ f ɡ h j k l m n ŋ ɲ p r s ʃ t tʃ v w x z, and ʔ from lexicons only
    stress       ˈ and ˌ directly before the vowel
    pauses       , . ? ! ; : directly after a word; words have one space between them

A word is read as a lexicon pronounces it, else as spelling.py decides its e and sounds.py its sounds.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from newscast.text.lexicon import Lexicon
from newscast.text.pronunciation.sounds import sounds
from newscast.text.pronunciation.spelling import in_context, is_known, is_sure, spelled

#: Every character that can come out.
ALPHABET = frozenset("abdeəfɡhijklmnŋɲoɔprsʃtuɪʊvwxzʒʔˈˌ ,.?!;:")

_PAUSES = ",.?!;:"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[,.?!;:]")
_LONGEST_PHRASE = 5  # words of a lexicon's row
_LONGEST_WORD = 100  # letters; more are no word, and are read so many at a time
#: What a lexicon may write for our sounds though the alphabet has another character for it.
_ALIASES = str.maketrans("gɛɑɾɹɣ'’", "ɡearrɡˈˈ") | str.maketrans({"ʧ": "tʃ", "ʤ": "dʒ", "͡": ""})


def phonemes(spoken: str, lexicon: Lexicon | None = None) -> str:
    """IPA of spoken text (words and punctuation, as normalize makes it), in the alphabet above.

    Homographs such as apel and per are read by the words around them.
    """
    pronunciations = (lexicon or Lexicon.default()).pronunciations
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", spoken.replace("…", ".")).lower())
    readings = in_context(tokens)
    said: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token in _PAUSES:
            if said and said[-1][-1] not in _PAUSES:
                said[-1] += token
            place += 1
            continue
        words, ipa = _pronounced(tokens, place, pronunciations)
        if not words:
            words, ipa = 1, _read(readings[place] or token)
        if ipa:
            said.append(ipa)
        place += words
    return " ".join(said)


def in_dictionary(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is in the dictionary, alone or under affixes, or in the lexicon."""
    word = unicodedata.normalize("NFC", word)
    lower = word.lower()
    found = (lower in lexicon.pronunciations) or any(w in lexicon.rows for w in (word, lower))
    return found or is_known(lower)


def is_doubtful(word: str, lexicon: Lexicon) -> bool:
    """Whether a name may be read wrong: nothing knows it, and it has an e or foreign letters."""
    return not in_dictionary(word, lexicon) and not is_sure(word.lower())


def _pronounced(tokens: list[str], place: int, pronunciations: Mapping[str, str]) -> tuple[int, str]:
    """The longest phrase at `place` that the lexicon pronounces: how many words, and its IPA."""
    for words in range(min(_LONGEST_PHRASE, len(tokens) - place), 0, -1):
        ipa = pronunciations.get(" ".join(tokens[place : place + words]))
        if ipa:
            return words, _in_alphabet(ipa)
    return 0, ""


@lru_cache(maxsize=1 << 16)
def _read(word: str) -> str:
    pieces = [word[place : place + _LONGEST_WORD] for place in range(0, len(word), _LONGEST_WORD)]
    return " ".join(sounds(part) for piece in pieces for part in spelled(piece).split())


@lru_cache(maxsize=1 << 12)
def _in_alphabet(ipa: str) -> str:
    """A lexicon's IPA without what the engines could not speak."""
    folded = unicodedata.normalize("NFC", ipa).translate(_ALIASES)
    return "".join(symbol for symbol in folded if symbol in ALPHABET).strip()
