"""A name or loan in no dictionary -> Indonesian spelling, by the language that its letters tell of.

English is english.py's. A rule here needs letters that Indonesian never puts together, or an ending that only
the other language has: what could be Indonesian stays as it is (Cahyadi, Ciamis, Hinca, Tejo, Zain).
"""

import re
import unicodedata
from typing import NamedTuple


class Respelling(NamedTuple):
    """Letters -> ours, and why. ʃ and ʧ are sy and c that no rule takes again."""

    letters: re.Pattern[str]
    ours: str
    reason: str


def _table(*rows: tuple[str, str, str]) -> tuple[Respelling, ...]:
    return tuple(Respelling(re.compile(letters), ours, reason) for letters, ours, reason in rows)


#: For names even where an English dictionary has them, for it has them as Americans say them.
CLEAR = _table(
    ("nh(?=[ao]s?$|es$)", "ny", "Portuguese: Cunha, Mourinho, Magalhanes; not inhalasi"),
    ("lh(?=[ao]s?$|erm)", "ly", "Portuguese: Guilherme, Carvalho"),
    ("(?:eaux?|ault)$", "o", "French: Rousseau, Bordeaux, Renault"),
    ("ois$", "oa", "French: Francois, Courtois"),
    ("(?<=[ao])gn(?=[ao])", "ny", "Italian: Bologna, Spagnolo"),
    ("(?<=[aeiou])gli(?=[aeo])", "li", "Italian: Cagliari, Modigliani"),
    ("cc(?=[ei])", "ʧ", "Italian: Gucci, Bonucci"),
    ("illo(?=s?$)", "iyo", "Spanish: Castillo"),
    ("que(?=[sz]?$)", "ke", "Spanish: Enrique, Marquez"),
    ("^x(?=i)", "s", "Chinese: Xinjiang, Xiaoping"),
    ("cch(?=[ie])", "k", "Italian: Bezzecchi"),
    ("gne$", "nye", "Italian: Insigne"),
    ("(?<=[aeiour])c(?=(?:e[dl][ao]?|i[aou]s?)$)", "s", "Spanish: Marcela, Garcia; not Marcello"),
    ("gu(?=e[lrvz]|il)", "g", "Spanish: Miguel, Rodriguez, Guillermo; not pinguin"),
    ("(?:(?<=[vjzskc])|(?<=dr)|(?<=nc))ic$", "iʧ", "Serbian: Djokovic, Modric, Doncic; not Titanic"),
    ("(?<!^)cz", "ʧ", "Polish: Kopacz; not Czech"),
    ("sz", "ʃ", "Polish: Warszawa"),
    ("w(?=ski|ska)", "f", "Polish: Lewandowski"),
    ("(?:(?<=st)|^)ei(?=n)|(?<=h)ei(?=m$)", "aɪ", "German: Einstein, Hoffenheim; not Hussein"),
    ("tsch", "ʧ", "German: Deutsch, Lotschberg"),
    ("sch(?=[aeioumnlwr])", "ʃ", "German: Scholz, Schwarz; not Dutch -sch"),
    ("(?:(?<=[bdgklnrstvwz])|e)ij(?=[bdfgklmnpst])", "éɪ", "Dutch: Dijk, Reijnders"),
    ("(?<=[bcdghjkmpsty])eo(?=ng|k|[nlmp]$|n[jhgs])", "o", "Korean: Jeong, Jeonju, Seok; not Leon"),
    ("(?<=[bcdghjkmpst])eu(?=ng|n$)", "ə", "Korean and Acehnese: Seung, Peunayong"),
    ("(?<=[ng])x(?=[iu])", "s", "Chinese: Guangxi"),
    ("^q(?=i(?:n|a|u|e|$))", "ʧ", "Chinese: Qingdao, Qin; not Qonita"),
)

#: For words that no dictionary has.
LIKELY = _table(
    ("com$", "kom", "detikcom"),
    ("(?<=[ir])c(?=[ao]s?$)", "k", "Enrico, Monica, Barca; not Hinca"),
    ("cc(?=[aou])", "k", "Rocco"),
    ("(?<!e)(?<=[lr])c(?=o|u|ao|ara)|(?<=l)c(?=a)", "k", "Falcao, Barcola; not bercorak, nircahaya"),
    ("tch", "ʧ", "French and Georgian: Tchouameni"),
    ("qu(?=[ei])", "k", "French, Spanish, Portuguese: Marquinhos, Paqueta"),
    ("(?:(?<=[aeiou])|(?<=[aeiou][nlr]))ce$", "s", "Charice: a silent e"),
    ("(?<=[aou])ch$", "kh", "German: Gladbach"),
    ("(?<=[aeiou]ll|[aeiou]tt|[aeiou]nn|[aeiou]ss)e$", "", "French: Giselle, Babette"),
    ("(?<=..[aeiou])z$", "s", "Gomez, Alcaraz, Aziz; not juz"),
)

#: What no Indonesian name with a c has beside it (Cahyadi, Kuncoro): Cavani, Casemiro, Azpilicueta.
_NOT_OURS = re.compile("[vxqzf]|ll|rr|tt|ss|nn|ny[ao]$|s[tkp]|ue|(?:iro|edo|elo|anu|ini|oni|eri|ez)$")
_HARD_C = re.compile("c(?=[aou])")

#: What is left is spelled as Indonesian was before 1972, or nearly.
OLD = _table(
    (r"(?<!n)([bcdfghjklmnpqrstvwxz])\1", r"\1", "Anna, Akka; not anggun"),
    ("oo|oe|ou", "u", "Soekarno, Boediono"),
    ("ee", "i", "Ameer"),
    ("dj", "j", "Djarot"),
    ("tj", "c", "Tjahjo"),
    ("[ao]w$", "au", "Rakow"),
)

#: Letters with marks -> what they tell of; other marks are no more than marks.
_MARKED = {
    **dict.fromkeys("ñń", "ny"),
    **dict.fromkeys("şšś", "ʃ"),
    **dict.fromkeys("čćçţ", "ʧ"),
    **dict.fromkeys("žź", "z"),
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "t",
    "ı": "i",
    "ß": "s",
    "æ": "é",
    "œ": "o",
}
#: Ç is as in Turkish, but in a word with none of Turkish' other letters it is French or Portuguese, an s.
_TURKISH = re.compile("[ğışöü]")


def _any_of(rules: tuple[Respelling, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rule.letters.pattern for rule in rules))


_ANY_CLEAR, _ANY_LIKELY, _ANY_OLD = _any_of(CLEAR), _any_of(LIKELY), _any_of(OLD)


def by_clear_letters(word: str) -> str:
    """A name as another language than English has it, if its letters leave no doubt; else the same."""
    return _respelled(word, CLEAR) if _ANY_CLEAR.search(word) else word


def by_its_letters(word: str) -> str:
    """A name in no dictionary, in Indonesian spelling but for its e."""
    if _ANY_LIKELY.search(word):
        word = _respelled(word, LIKELY)
    if "c" in word and _NOT_OURS.search(word):
        word = _HARD_C.sub("k", word)
    return _respelled(word, OLD) if _ANY_OLD.search(word) else word


def _respelled(word: str, rules: tuple[Respelling, ...]) -> str:
    for letters, ours, _ in rules:
        word = letters.sub(ours, word)
    return word


def without_marks(word: str, keep: str = "") -> str:
    """Latin letters alone, without marks but those in `keep`: erdoğan -> erdoan, peña -> penya."""
    if not word.isascii():
        french = "ç" in word and not _TURKISH.search(word)
        word = "".join(
            letter if letter in keep else "s" if letter == "ç" and french else _unmarked(letter)
            for letter in word
        )
    return "".join(letter for letter in word if "a" <= letter <= "z" or letter in keep or letter in "ʃʧ")


def _unmarked(letter: str) -> str:
    return _MARKED[letter] if letter in _MARKED else unicodedata.normalize("NFD", letter)[:1]
