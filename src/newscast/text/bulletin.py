"""Articles + Show -> Script of one programme: greeting, headlines, story after story, sign-off."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from newscast.model import Article, Kind, Paragraph, Script
from newscast.plain import shorten
from newscast.show import Show
from newscast.text.lexicon import Lexicon
from newscast.text.script import SUMMARY_LENGTH, fill, filling, section, without_stop


def write_bulletin(
    articles: Sequence[Article],
    show: Show,
    title: str,
    published: datetime,
    lexicon: Lexicon,
    *,
    guid: str,
    lede: bool = False,
) -> Script:
    """All that one bulletin says, in the order of its articles; each story is a chapter, begun by a sting.

    lede: only the first paragraph of each. Raises ShowError for a placeholder that is none.
    """
    values = filling(show, title, "", published)
    opening = [Paragraph(fill(show.script.greeting, values))]
    if show.script.headlines:
        opening.append(Paragraph(fill(show.script.headlines, values)))
        opening += [Paragraph(f"{without_stop(article.title)}.", Kind.SUBHEAD) for article in articles]
    stories = (
        replace(
            section(without_stop(article.title), _story(article, lede), article.url, show.voice, lexicon),
            image=article.image,
            sting=True,
        )
        for article in articles
    )
    parts = (
        section("Pembuka", opening, "", show.voice, lexicon),
        *stories,
        section("Penutup", [Paragraph(fill(show.script.sign_off, values))], "", show.voice, lexicon),
    )
    return Script(
        guid=guid,
        title=title,
        summary=shorten("; ".join(without_stop(article.title) for article in articles) + ".", SUMMARY_LENGTH),
        published=published,
        sections=tuple(part for part in parts if part.lines),
        sources=tuple(article.url for article in articles if article.url),
    )


def _story(article: Article, lede: bool) -> list[Paragraph]:
    headline = [Paragraph(f"{without_stop(article.title)}.", Kind.SUBHEAD)] if article.titled else []
    return [*headline, *(article.paragraphs[:1] if lede else article.paragraphs)]
