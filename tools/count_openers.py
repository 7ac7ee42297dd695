"""Counts which words open sentences: texts and headlines -> src/newscast/articles/cleaning/openers.tsv.

    python3 tools/count_openers.py TEXTS.jsonl > src/newscast/articles/cleaning/openers.tsv

TEXTS.jsonl: one object a line with "title" and "text", from whatever corpus of Indonesian news is at hand; it
itself is not kept here. The first weight is log2 of how often a word, written with a capital, opens a
sentence over how often it stands elsewhere, in sentences or headlines; only words that are also written small
count, so that names stay out. The second is log2 of how often it ends a headline over how often it stands
inside one, beside the average word.
"""

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

LEAST = 8  # times seen with a capital; below, chance decides
MOST = 5.0  # bits

HEAD = """\
# word TAB bits by which it opens sentences TAB bits by which it ends headlines, written with a capital.
# Counted by tools/count_openers.py in 3,000 news texts and 5,600 headlines of a dozen sites. glued.py uses
# it to see where a headline ends and a sentence begins. Above 0: it does; below 0: it stands elsewhere."""


def main(path: str) -> None:
    """Print the table."""
    opens: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    small: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for row in map(json.loads, Path(path).read_text("utf-8").splitlines()):
        text = re.sub(r"(?i)baca juga:?.{0,150}", "", row["text"])
        opens.update(re.findall(r"(?:(?<=[.?!] )|(?<=[.?!][\"”] ))([A-Z][a-z]+)\b", text))
        elsewhere.update(re.findall(r"(?<=[a-z,] )([A-Z][a-z]+)\b", text))
        elsewhere.update(re.findall(r"(?<= )([A-Z][a-z]+)\b", row["title"]))
        *middle, last = re.findall(r"\w+", row["title"]) or [""]
        inside.update(middle)
        ends[last] += 1
        small.update(re.findall(r"(?<=[a-z,] )([a-z]+)\b", text))
    print(HEAD)
    for word in sorted(opens.keys() | elsewhere.keys()):
        seen = opens[word] + elsewhere[word]
        if seen >= LEAST and small[word.lower()] * 4 >= elsewhere[word] and small[word.lower()] >= 3:
            weight = math.log2((opens[word] + 0.5) / (elsewhere[word] + 0.5))
            weight = max(-MOST, min(MOST, round(weight * 2) / 2))
            ending = math.log2((ends[word] + 1) / (inside[word] + 9) * 9)
            ending = max(-3.0, min(1.0, round(ending * 2) / 2))
            if weight or ending:
                print(f"{word}\t{weight:g}\t{ending:g}")


if __name__ == "__main__":
    main(sys.argv[1])
