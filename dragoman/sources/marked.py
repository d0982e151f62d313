"""Reads Markdown: its marks taken off, its paragraphs, lists and headings kept, its front matter as metadata.

In: Markdown. Out: plain text and what the front matter says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.sources.arrivals import Known
from dragoman.sources.labels import fields_of

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)


@dataclass(frozen=True, slots=True)
class Marked:
    """The text of a Markdown file and what its front matter says."""

    text: str
    known: Known


def read_markdown(text: str) -> Marked:
    """The plain text of Markdown."""
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT.match(text)
    known = fields_of(match[1]) if match else {}
    text = text[match.end() :] if match else text
    # Deep nesting is a trap for parsers and no article's habit.
    tokens = MarkdownIt("commonmark", {"maxNesting": 20, "html": False}).parse(text)
    paragraphs: list[str] = []
    bullets: list[str] = []
    joined = False  # whether the next text belongs to the list above
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            bullets.append("-" if token.type.startswith("bullet") else str(token.attrs.get("start", 1)))
            joined = False
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            bullets.pop()
        elif token.type == "list_item_open":
            mark = "- " if bullets[-1] == "-" else f"{bullets[-1]}. "
            if bullets[-1] != "-":
                bullets[-1] = str(int(bullets[-1]) + 1)
            pending = mark
        elif token.type == "inline":
            words = "".join(_words(child) for child in token.children or [])
            if bullets:
                words = pending + words
                pending = ""
                if joined and paragraphs:
                    paragraphs[-1] += "\n" + words
                    continue
                joined = True
            else:
                joined = False
            paragraphs.append(words)
        elif token.type in ("fence", "code_block"):
            paragraphs.append(token.content.rstrip("\n"))
            joined = False
    return Marked("\n\n".join(p for p in paragraphs if p.strip()), Known(**known))


def _words(token: object) -> str:
    kind, content = getattr(token, "type", ""), getattr(token, "content", "")
    if kind in ("softbreak", "hardbreak"):
        return "\n"
    return content if kind in ("text", "code_inline", "html_inline", "text_special") else ""
