"""Reads robots.txt as RFC 9309 says: the group of our name, else of everybody; the longest rule that fits decides.

In: the bytes of a robots.txt. Out: whether an address may be fetched, and the pause that the site asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, unquote, urlsplit

_LARGEST = 500_000
_LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one user agent: allowed or not, by path pattern; `everything` overrides them."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0
    everything: bool | None = None

    @classmethod
    def read(cls, raw: bytes, agent: str) -> Self:
        """The rules that `raw` holds for `agent`."""
        groups: dict[str, list[tuple[str, str]]] = {}
        names: list[str] = []
        in_rules = False
        for line in raw[:_LARGEST].decode("utf-8", "replace").splitlines():
            name, colon, value = line.partition("#")[0].partition(":")
            name, value = name.strip().lower(), value.strip()
            if not colon:
                continue
            if name == "user-agent":
                if in_rules:
                    names, in_rules = [], False
                names.append(value.lower())
                groups.setdefault(value.lower(), [])
            elif name in ("allow", "disallow", "crawl-delay"):
                in_rules = True
                for group in names:
                    groups[group].append((name, value))
        own = groups.get(agent.lower(), groups.get("*", []))
        rules = tuple((value, name == "allow") for name, value in own if name != "crawl-delay" and value)
        delays = [value for name, value in own if name == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
        return cls(rules, min(_LONGEST_DELAY, float(delays[0])) if delays else 0.0)

    def allows(self, url: str) -> bool:
        """Whether the rules let `url` be fetched."""
        if self.everything is not None:
            return self.everything
        parts = urlsplit(url)
        path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        longest, allowed = -1, True
        for pattern, allow in self.rules:
            if len(pattern) >= longest and _fits(_plain(pattern), path):
                if len(pattern) > longest or allow:
                    allowed = allow
                longest = len(pattern)
        return allowed


def _plain(path: str) -> str:
    return quote(unquote(path), safe="/*$?&=:@!+,;~()'%")


def _fits(pattern: str, path: str) -> bool:
    """Whether `path` starts as `pattern` says; "*" is any run of characters, a final "$" the end."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(rest):
        if ends and number == len(rest) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or at == len(path)
