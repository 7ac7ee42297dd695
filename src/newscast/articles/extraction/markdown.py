"""Markdown -> blocks, by way of the HTML it stands for (CommonMark with tables, tasks and footnotes)."""

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from newscast.articles.blocks import Block
from newscast.articles.extraction.tree import blocks_of, parse

#: A line longer than this is a paragraph of a writer who sets no blank lines, not a line cut at a width.
_WIDTH = 130


def blocks_of_markdown(text: str) -> list[Block]:
    """The blocks a reader of the rendered text sees; code is hidden, and so are pictures and their titles."""
    long = any(len(line) > _WIDTH for line in text.splitlines())
    reader = MarkdownIt("commonmark", {"breaks": long, "html": True}).enable(["table", "strikethrough"])
    # Text indented by four spaces is code to Markdown, and a paragraph to whoever writes news.
    reader = reader.disable("code").use(footnote_plugin).use(tasklists_plugin)
    reader.add_render_rule("fence", _hidden)
    return blocks_of(parse(f"<html><body>{reader.render(text)}</body></html>"))


def _hidden(_self: Any, tokens: Sequence[Any], at: int, _options: Any, _env: Any) -> str:
    """Code, marked so that it is told as left out."""
    return f"<pre hidden>{escape(tokens[at].content)}</pre>"
