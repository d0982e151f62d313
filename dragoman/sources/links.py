"""Tells web addresses from paths, and gives each article's address one form and one id.

In: an address as it was typed or linked. Out: the same without what only counts clicks.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ocid|cmpid|at_\w+|yclid)$", re.I)


def is_address(text: str) -> bool:
    """Whether `text` is a web address rather than a path."""
    return bool(re.match(r"https?://", text.strip(), re.I))


def plain_address(url: str) -> str:
    """`url` without fragment and tracking parameters: one article, one address."""
    parts = urlsplit(url.strip())
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    query = urlencode(kept) if len(kept) != len(parse_qsl(parts.query, keep_blank_values=True)) else parts.query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def address_id(url: str) -> str:
    """The id of the document at an address: the same article, however it was linked, has one."""
    with suppress(ValueError):  # an address that cannot be taken apart is its own name
        url = plain_address(url)
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]
