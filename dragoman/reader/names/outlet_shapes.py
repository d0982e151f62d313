"""How the names of outlets look: "the Daily Ledger", "Radio Eko", "Meridian News Agency", "Kestrian state television".

In: a name, and the text it stands in. Out: patterns, and whether an outlet is likely called so.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.folding import fold
from dragoman.reader.vocabulary import words

UPPER = r"[A-ZÀ-ÖØ-ÞĀČĐĆŁŠŽİ](?:[\w’'-]*\w)?(?:\.(?=\w))?"
_JOIN = r"(?:de|des|du|da|do|la|le|les|del|di|der|die|das|of|och|e|y|en|von|am|für)"
RUN = rf"{UPPER}(?:[ \u00a0]+(?:{_JOIN}[ \u00a0]+(?:the[ \u00a0]+|la[ \u00a0]+)?)?{UPPER})*"
NATIONAL = re.compile(
    r"\b((?:[A-Z][\w-]+[ \u00a0]+)(?:state[ \u00a0]+|public[ \u00a0]+|national[ \u00a0]+)?(?:television|radio|"
    r"TV)|[Ss]tate (?:radio|television|TV|media)(?: in [A-Z]\w+)?)\b"
)
LAST_WORD = (
    r"Times|Post|Herald|Tribune|Telegraph|Gazette|Courier|Journal|Chronicle|Dispatch|Echo|Mail|Express|Ledger|"
    r"Mercury|Examiner|Inquirer|Independent|"
    r"Bulletin|Monitor|Star|Sun|Mirror|Observer|Standard|Sentinel|Argus|Record|Register|Reporter|Today|Daily|"
    r"News|Newswire|Wire|Press|Agency|Service|Radio|TV|"
    r"Television|Broadcasting|FM|Magazine|Digest|Online|Whistle|Clarion|Messenger|Advertiser|Argosy|Beacon|"
    r"Lantern|Globe|Watch|Weekly|Zeitung|Tidende|Blog|"
    r"Insider|Brief|Report|Review|Shopper|Rundschau|Tidning|Kuryer|Kurier|Pravda|Gazeta|Novosti"
)
_SHAPE = re.compile(
    rf"(?:^(?:The )?(?:Daily|Weekly|Evening|Morning|Sunday|Radio|Rádio|Ràdio|TV|Channel|Canal|Kanal|Kanał|Télé|"
    rf"Agence|Agencia|Agência|Diario|Diário|Jornal|Gazeta|Courrier|Corriere)\s+\S)|"
    rf"(?:\b(?:{LAST_WORD})$)"
)
_WEAK = re.compile(
    r"\b(?:Agency|Service|Report|Review|Watch|Brief|Record|Register|Star|Sun|Standard|Press|Globe|Beacon|Journal)$"
)
_AGENCY = re.compile(r"\b(?:News|Press) (?:Agency|Service)$")
_BROUGHT_OUT = re.compile(r"(?:bulletin|service|news|radio|press|journal|review|letter)\b", re.I)


def is_shaped(name: str) -> bool:
    """Whether a name is made as those of papers, agencies and stations are."""
    return _SHAPE.search(name) is not None


def is_called_as_outlets_are(name: str) -> bool:
    """Whether a name is made as those of outlets are, or ends in what they and newsletters bring out."""
    return is_shaped(name) or _BROUGHT_OUT.search(name) is not None


def is_outlet_by_shape(name: str, text: str) -> bool:
    """Whether a name with the shape of an outlet's is one in `text`: a doubtful one must be told or quoted there."""
    parts = name.split()
    if len(parts) > 5 or parts[0].lower() in _not_leading():
        return False
    if _WEAK.search(name) and not _AGENCY.search(name) and not _speaks(name, text):
        return False
    return not any(
        p in words("organisation_nouns") and p not in ("press", "news", "service", "agency", "watch")
        for p in map(fold, parts)
    )


def _speaks(name: str, text: str) -> bool:
    """Whether a name stands where outlets do: somebody "told the Bay Star", "the Bay Star reported"."""
    name = re.escape(name)
    told = r"(?:told|tells|by|in|to|daily|weekly|newspaper|magazine|according to|The|site|blog) (?:the )?"
    tells = r"(?:: |,? (?:reported|said|says|wrote|writes|reports|quotes))"
    return re.search(rf"{told}{name}\b|{name}{tells}", text) is not None


@cache
def _not_leading() -> frozenset[str]:
    """Words with which no outlet's name begins."""
    return words("titles", "role_nouns", "determiners").difference(("the",))
