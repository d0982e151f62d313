"""Finds outlets in a text: those of the lexicon, and unknown ones by how they are called or introduced.

In: a draft. Out: for a phrase the outlet it names; for a stretch of text the outlets named in it, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.folding import fold_name
from dragoman.reader.draft import Draft
from dragoman.reader.states import Atlas
from dragoman.reader.vocabulary import words

_UPPER = r"[A-ZÀ-ÖØ-ÞĀČĐĆŁŠŽİ](?:[\w’'.-]*\w)?"
_RUN = rf"{_UPPER}(?:\s+(?:(?:de|des|du|da|do|la|le|les|del|di|der|die|das|of|the|and|och|e|i|y|en)\s+(?:the\s+|la\s+)?)?{_UPPER})*"
_NOUN = (r"(?:daily|weekly|monthly|newspaper|newspapers|paper|tabloid|broadsheet|magazine|journal|gazette|agency|news agency|newswire|wire service|wire|"
         r"news service|broadcaster|station|channel|radio station|radio|television|TV|portal|website|news site|site|blog|newsletter|"
         r"network|podcast|programme|program|bulletin|outlet|review)")
_BEFORE = re.compile(rf"\b{_NOUN}\s+[“\"‘«]?({_RUN})")
_AFTER = re.compile(rf"\b[Tt]he\s+(?:[A-Z][a-z]+(?:ese|ian|an|ish)\s+)?({_RUN})\s+(?:daily|weekly|newspaper|paper|tabloid|magazine|news agency|agency|wire|website|portal|broadcaster|newswire|news site|radio|channel|blog)\b")
_STATE_MEDIA = re.compile(r"\b((?:[A-Z][\w-]+\s+)?(?:state|public|national)?\s*(?:television|radio|TV))\b")
_SHAPE = re.compile(
    r"(?:^(?:The\s+)?(?:Daily|Weekly|Evening|Morning|Sunday|Radio|Rádio|Televisión|TV|Channel|Canal|Agence|Agencia|Agência|Diario|Diário|"
    r"Jornal|Journal|Gazette|Gazeta|Courrier|Corriere|Il|El|La|Le|Les|Der|Die|Das|De|O)\s+\S)|"
    r"(?:\b(?:Times|Post|Herald|Tribune|Telegraph|Gazette|Courier|Journal|Chronicle|Dispatch|Echo|Mail|Express|Ledger|Mercury|Examiner|"
    r"Inquirer|Independent|Bulletin|Monitor|Star|Sun|Mirror|Observer|Standard|Sentinel|Argus|Record|Register|Reporter|Today|Daily|News|"
    r"Newswire|Wire|Press|Press Agency|News Agency|Press Service|News Service|Radio|TV|Television|Broadcasting|FM|Magazine|Digest|Online|"
    r"Whistle|Clarion|Messenger|Advertiser|Argosy|Beacon|Lantern|Globe|Watch|Weekly|Post-Dispatch|Zeitung|Tidende|Blog|Insider|Brief|Report|Review)$)")


@dataclass
class OutletFinder:
    """The outlets that one text can mean."""

    draft: Draft
    named: dict[str, str] = field(default_factory=dict)  # folded spelling -> canonical name, for this text only
    own: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, draft: Draft, atlas: Atlas) -> OutletFinder:
        """The finder of one draft, with the outlets that its text introduces."""
        finder = cls(draft)
        if draft.document.outlet:
            bare = re.sub(r"\s*\(.*?\)", "", draft.document.outlet)
            finder.own = {fold_name(draft.document.outlet), fold_name(bare)}
        for pattern in (_BEFORE, _AFTER):
            for match in pattern.finditer(draft.document.text):
                name = match.group(1).strip()
                head = name.split()[0]
                if atlas.lookup(name) or name.lower() in words("days") | words("months") | words("role_nouns") or (
                    head.lower() in ("he", "she", "it", "they", "in", "on", "at")
                ):
                    continue
                if pattern is _BEFORE and match.group()[:1].islower() and match.group().split()[0] in ("programme", "program", "network", "review", "channel", "site", "wire", "bulletin", "station") and not _SHAPE.search(name):
                    continue
                finder._introduce(name)
        return finder

    def _introduce(self, name: str) -> None:
        key = fold_name(name)
        known = self.draft.lexicon.outlet(name)
        self.named.setdefault(key, known.name if known else name)

    def find(self, phrase: str) -> str | None:
        """The canonical name of the outlet that `phrase` names; None when it names none."""
        bare = phrase.strip(" ,.;:“”\"‘’'«»")
        key = fold_name(bare)
        if not key or key in words("days") | words("months"):
            return None
        if key in self.named:
            return self.named[key]
        if key in self.own:
            return self.draft.document.outlet
        known = self.draft.lexicon.outlet(bare)
        if known is not None and (known.name[:1].isupper() and bare[:1].isupper() or not bare.isascii()):
            return known.name if _same_case(known, bare) else None
        if bare[:1].isupper() and len(bare.split()) >= 2 and _SHAPE.search(bare) and self._shape_is_sure(bare):
            return bare
        return None

    def _shape_is_sure(self, bare: str) -> bool:
        if bare.split()[0].lower() in words("titles") | words("role_nouns"):
            return False
        if re.match(r"(?:Il|El|La|Le|Les|Der|Die|Das|De|O)\s", bare) and not re.search(r"\b(?:Times|Post|News|Press)$", bare):
            return False
        return not re.search(r"\b(?:Union|Party|Ministry|Committee|Council|Front|Movement|Bank|Fund)\b", bare)

    def is_own(self, name: str) -> bool:
        """Whether `name` is the outlet that publishes the document."""
        key = fold_name(name)
        return key in self.own or any(key and (key == o or o.endswith(" " + key)) for o in self.own)

    def in_stretch(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The outlets named in text[start:end], in order: start, end, canonical name."""
        text = self.draft.document.text
        taken = start
        for match in re.finditer(_RUN, text[start:end]):
            low, high = start + match.start(), start + match.end()
            if low < taken:
                continue
            found = self._longest(low, high)
            if found is not None:
                taken = found[1]
                yield found

    def _longest(self, low: int, high: int) -> tuple[int, int, str] | None:
        text = self.draft.document.text
        parts = [(m.start() + low, m.end() + low) for m in re.finditer(r"\S+", text[low:high])]
        for size in range(len(parts), 0, -1):
            for i in range(0, len(parts) - size + 1):
                start, end = parts[i][0], parts[i + size - 1][1]
                piece = re.sub(r"['’]s?$", "", text[start:end]).rstrip(".,")
                if not piece[:1].isupper():
                    continue
                name = self.find(piece)
                if name is not None:
                    return start, start + len(piece), name
        return None


def _same_case(entry: object, bare: str) -> bool:
    """Short names that are common words or other bodies' initials need their own spelling: "AP", not "Ap"."""
    spellings = (entry.name, *entry.aliases)  # type: ignore[attr-defined]
    if len(bare) <= 4 or bare.isupper():
        return bare in spellings or ("The " + bare) in spellings or not bare.isascii()
    return True
