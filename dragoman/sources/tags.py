"""Finds tags that are made to hang a parser: very many attributes, each of which is looked up among all.

In: the text of a page, feed or other markup, before any parser has it. Out: whether a tag has too many.
"""

from __future__ import annotations

import re

# Quotes enclose a value only after "="; anywhere else they are letters of a name, and hide nothing.
_TAG = re.compile(r"""<[A-Za-z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>=]++|=)*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")


def has_swollen_tag(text: str, *, most: int = 300) -> bool:
    """Whether any tag in `text` has more than `most` attributes."""
    return any(_attributes(tag[0]) > most for tag in _TAG.finditer(text) if tag.end() - tag.start() > 2 * most)


def _attributes(tag: str) -> int:
    bare, values = _VALUE.subn(" ", tag)  # what stands within quotes is no attribute
    return max(len(bare.split()) - 1, values + bare.count("="))
