"""letters -> their Indonesian names: one alphabet for normalization, lexicons and pronunciation."""

#: é where Indonesian says it, so that no engine takes it for a schwa.
LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "a bé cé dé é éf gé ha i jé ka él ém én o pé ki ér és té u vé wé éks yé zét".split(),
        strict=True,
    )
)


def letters(word: str) -> str:
    """DPR -> dé pé ér; what is no letter says nothing."""
    return " ".join(LETTERS.get(c, c) for c in word.lower() if c.isalpha())
