"""Plain text -> blocks, and the title and time that stand among its lines."""

import re
from datetime import datetime, tzinfo

from newscast.articles.blocks import Block, tidy
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.dateline import cut_dateline
from newscast.articles.cleaning.judge import judged
from newscast.articles.cleaning.shape import BULLET, is_prose, is_sentence, is_title_case, words_in
from newscast.articles.cleaning.span import first_prose_of, may_begin
from newscast.articles.dates import find_moment, is_believable, is_date_line, is_month_first


def blocks_of_text(text: str) -> list[Block]:
    """A block a line; where lines are cut at a width, a block a paragraph."""
    lines = [tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if _is_wrapped(lines):
        lines = _unwrapped(lines)
    return [Block(line) for line in lines if line]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether a width ends the lines, not the writer: most are nearly as long as the longest, which is not
    very long, and most break a sentence.
    """
    told = [line for line in lines if line]
    long = [line for line in told if 50 <= len(line) <= 100]
    if len(long) < 8 or any(len(line) > 130 for line in told):
        return False
    full = sum(len(line) > 0.75 * max(map(len, long)) for line in long)
    return full > 0.6 * len(told) and sum(not is_sentence(line) for line in long) > 0.6 * len(long)


def _unwrapped(lines: list[str]) -> list[str]:
    width = max(map(len, lines))
    out: list[str] = []
    going = False
    for line in lines:
        if line and going:
            out[-1] += " " + line
        else:
            out.append(line)
        going = bool(line) and len(line) > 0.65 * width
    return out


def find_title(blocks: list[Block], first: int) -> int:
    """Which block is the title: -1 when none looks like it.

    It stands above the `first` prose, is no menu, mostly near the date, and the text speaks of what it says.
    """
    for n, block in enumerate(blocks[: first + 1]):
        if block.heading == 1:
            return n
    body = set(
        re.findall(
            r"\w{4,}", " ".join(b.text for b in blocks[first : first + 12] if may_begin(b.text)).casefold()
        )
    )
    best, score = -1, 2.0
    for n in range(max(0, first - 60), first):
        if (value := _title_score(blocks, n, first, body)) > score:
            best, score = n, value
    if best < 0:
        return 0 if 0 < first <= _NEAR and _is_headline(blocks[0].text) else -1
    # What stands below a headline often says more of what the text says, but it is no headline.
    above = blocks[best - 1].text if best > 0 else ""
    below = blocks[best].text
    if is_title_case(above) and words_in(above) > 3 and below not in above:
        best -= _title_score(blocks, best - 1, first, body) > 2
    return best


def first_prose(blocks: list[Block]) -> int:
    """Which block is the first long sentence of the article."""
    for n in range(first_prose_of(judged(blocks, "", marked_up=False)), len(blocks)):
        text = blocks[n].text
        if (
            words_in(text) >= (10 if is_prose(text) else 14)
            and may_begin(text)
            and not rules.has_credit(text)
        ):
            return n
    return len(blocks)


#: A first line this near to the first prose is the title, whatever it says: a date may stand between.
_NEAR = 4


def _is_headline(text: str) -> bool:
    """Whether a line may be a title by its place alone: two words, no date, no credit, no sentence."""
    rule = rules.whole_line(text)
    told = (
        words_in(text) >= 2
        and not _PATH.search(text)
        and not is_date_line(text)
        and cut_dateline(text, first=False) == text
    )
    return told and not text.endswith((".", ":", ",")) and (rule is None or rule.name in _ALSO_TITLES)


#: The headline of a page of pictures; a credit has fewer words, or a stroke before the name.
_SHOWN = re.compile(r"(?:BERITA )?(?:FOTO|Foto|INFOGRAFIS|Infografis): (?:[^\s/]+ ){3}[^/]*$")
#: Where a page stands within its site: "Kabar Selatan > Berita", "Bola / Liga Indonesia".
_PATH = re.compile(r"\S (?:[>»›|]|/) \S")
#: Rules for links and invitations that also fit headlines: "Cek Fakta: ...", "Video: ...", "Simak ...".
_ALSO_TITLES = frozenset(("related link", "video teaser", "follow us", "disclaimer"))


def _title_score(blocks: list[Block], n: int, first: int, body: set[str]) -> float:
    text = blocks[n].text
    count = words_in(text)
    if not 3 <= count <= 30 or is_date_line(text) or (rules.has_credit(text) and not _SHOWN.match(text)):
        return 0.0
    if _PATH.search(text) or text.startswith("...") or BULLET.match(text):
        return 0.0
    dated = any(is_date_line(block.text) for block in blocks[n + 1 : n + 4])
    if (rule := rules.whole_line(text)) and not ((n == 0 or dated) and rule.name in _ALSO_TITLES):
        return 0.0
    if text.endswith((".", ":", ",", "(")) and not text.endswith(("...", "..")):
        return 0.0
    if cut_dateline(text, first=False) != text:
        return 0.0
    said = set(re.findall(r"\w{4,}", text.casefold()))
    known = len(said & body)
    score = 3.0 * known / max(2, len(said)) + 0.7 * min(known, 6) + min(count, 8) * 0.25
    score -= 0.25 * max(0, count - 16) + (2.0 if text[0].islower() else 0.0)
    score -= 2.0 if n and find_moment(text) else 0.0
    score += 2.0 if n == 0 and is_date_line(blocks[1].text) else 0.0
    near = next((k for k in range(1, 5) if n + k < len(blocks) and is_date_line(blocks[n + k].text)), 0)
    score += (3.0 - 0.4 * near) if near else 0.0
    score += 1.5 if known and sum(b.text.startswith(text) for b in blocks) > 1 else 0.0
    score += 0.5 if is_title_case(text) else 0.0
    return score - 0.03 * (first - n)


def find_published(blocks: list[Block], title: int, first: int, zone: tzinfo) -> datetime | None:
    """The date line nearest to the title; one with a time beats one without.

    A day without a time far above the title is today's, one far below another article's.
    """
    american = is_month_first(block.text for block in blocks if is_date_line(block.text))
    best: tuple[float, datetime] | None = None
    for n, block in enumerate(blocks[: max(first + 1, title + 8 if title >= 0 else 15)]):
        moment = find_moment(block.text, month_first=american)
        if n == title or not is_date_line(block.text) or not moment or not is_believable(moment.aware(zone)):
            continue
        if n < title - 1 and not moment.timed:
            continue
        away = (n - title if n > title else (title - n) * 1.5 + 3) + (0 if moment.timed else 12)
        if re.search(r"(?i)diperbarui|update|modified", block.text):
            away += 30
        if best is None or away < best[0]:
            best = (away, moment.aware(zone))
    return best[1] if best else None
